import { lazy, Suspense } from 'react'
import type { DialogProps } from './dialog-window.tsx'
import { useFocusReturn } from './use-focus-return.ts'
import { useWasOpen } from './use-was-open.ts'

const DialogWindow = lazy(() =>
  import('./dialog-window.tsx').then((module) => ({ default: module.DialogWindow })),
)

/** A modal dialog, loaded when it first opens. The focus goes in, stays in and returns to where it came from. */
export function Dialog(props: DialogProps) {
  const wasOpen = useWasOpen(props.isOpen)
  useFocusReturn(props.isOpen)
  return <Suspense>{wasOpen && <DialogWindow {...props} />}</Suspense>
}
