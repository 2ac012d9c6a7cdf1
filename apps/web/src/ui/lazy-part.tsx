import { type ComponentType, createElement, lazy, Suspense } from 'react'
import { Loading } from './loading.tsx'

/** By then the page stands, and what it asked for is on its way. */
const pageMillis = 1_000

/**
 * What a dialog or a panel shows, loaded after the screen it belongs to: once that stands and the browser has nothing
 * else to do, so that it is there when somebody opens it; at once where they are faster.
 */
export function lazyPart<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  const Loaded = lazy(async () => ({ default: await load() }))
  // Whoever opens it meets the failure then.
  const loadEarly = () => void load().catch(() => undefined)
  // Not every browser tells when it is idle.
  const whenIdle = window.requestIdleCallback ?? setTimeout
  setTimeout(() => whenIdle(loadEarly), pageMillis)
  return function LazyPart(props: Props) {
    return <Suspense fallback={<Loading lines={8} />}>{createElement(Loaded, props)}</Suspense>
  }
}
