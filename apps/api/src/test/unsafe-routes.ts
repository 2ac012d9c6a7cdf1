import { nameOf, type Route, routesOf } from './route-probes.ts'
import type { TestApp } from './test-app.ts'

/** Every route of the console's API that is no GET, as documented. */
export async function unsafeRoutes({ app }: TestApp): Promise<Route[]> {
  const documented = await app.inject({ method: 'GET', url: '/api/docs/json' })
  return routesOf(documented.json()).filter(({ method }) => method !== 'GET')
}

/** A row for each of these routes but those of the list. */
export const rowsOf = (routes: readonly Route[], except: Readonly<Record<string, string>>) =>
  routes.filter((route) => !(nameOf(route) in except)).map((route) => [nameOf(route), route] as const)
