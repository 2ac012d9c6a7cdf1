import { type ComponentType, createElement, lazy, Suspense } from 'react'
import { useWasOpen } from './use-was-open.ts'

/** A dialog whose whole code is loaded when it first opens, so that the page comes without it. */
export function lazyDialog<Props extends { isOpen: boolean }>(load: () => Promise<ComponentType<Props>>) {
  const Loaded = lazy(async () => ({ default: await load() }))
  return function LazyDialog(props: Props) {
    const wasOpen = useWasOpen(props.isOpen)
    return <Suspense>{wasOpen && createElement(Loaded, props)}</Suspense>
  }
}
