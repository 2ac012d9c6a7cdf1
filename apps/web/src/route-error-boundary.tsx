import { lazy, Suspense } from 'react'

const Screen = lazy(() => import('./route-error.tsx').then((module) => ({ default: module.RouteError })))

/** What a failed route shows. Rarely needed, so it is no part of the first load. */
export function RouteError() {
  return (
    <Suspense fallback={null}>
      <Screen />
    </Suspense>
  )
}
