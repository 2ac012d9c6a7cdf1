import { lazy, Suspense } from 'react'
import type { SidePanelProps } from './side-panel-window.tsx'
import { useFocusReturn } from './use-focus-return.ts'
import { useWasOpen } from './use-was-open.ts'

const SidePanelWindow = lazy(() =>
  import('./side-panel-window.tsx').then((module) => ({ default: module.SidePanelWindow })),
)

/** Details beside the page: what was chosen on it stays chosen, and the focus returns to the link. */
export function SidePanel(props: SidePanelProps) {
  const wasOpen = useWasOpen(props.isOpen)
  useFocusReturn(props.isOpen)
  return <Suspense>{wasOpen && <SidePanelWindow {...props} />}</Suspense>
}
