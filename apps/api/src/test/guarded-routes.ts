import { actionTable, type Action } from '@packline/domain/access/actions.ts'
import type { GuardedRoute } from '../platform/gate.ts'
import type { callerOf, TestApp } from './test-app.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
export type ConsoleRoute = Pick<GuardedRoute, 'access'> & { method: Method; path: string }
export type Guarded = { method: Method; path: string; action: Action }

const isMethod = (method: string): method is Method => /^(GET|POST|PUT|PATCH|DELETE)$/.test(method)
const isAction = (access: string): access is Action => Object.hasOwn(actionTable, access)
/** Every parameter is an id that nobody has, so whoever is let through finds nothing and changes nothing. */
const withIds = (path: string) =>
  path.replaceAll(/:revision\b/g, '1').replaceAll(/:\w+/g, '00000000-0000-4000-8000-000000000000')

/** Every route of the console's API, ready to be called. */
export const consoleRoutes = ({ app }: Pick<TestApp, 'app'>): ConsoleRoute[] =>
  app.guardedRoutes.flatMap(({ method, url, access }) =>
    isMethod(method) && url.startsWith('/api/v1')
      ? [{ method, access, path: withIds(url.replace('/api/v1', '')) }]
      : [],
  )

/** Those of them that ask for an action of the access table. */
export const routesWithAction = (routes: readonly ConsoleRoute[]): Guarded[] =>
  routes.flatMap(({ access, ...route }) => (isAction(access) ? [{ ...route, action: access }] : []))

type Answered = Awaited<ReturnType<ReturnType<typeof callerOf>>>

/** What the gate answers, or undefined when it let the request through to be judged by the route itself. */
export async function refusalAtTheGate(
  call: (method: Method, path: string) => Promise<Answered>,
  { method, path }: Guarded,
) {
  const response = await call(method, path)
  if (response.statusCode >= 500 || response.statusCode === 401) {
    throw new Error(`${method} ${path} answered ${response.statusCode}: ${response.body}`)
  }
  if (response.statusCode !== 403) return undefined
  return response.json<{ code: string; message: string }>()
}
