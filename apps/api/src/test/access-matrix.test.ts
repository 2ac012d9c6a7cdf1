import { endpoints } from '@packline/contract/endpoints.ts'
import { actionTable, mayDo } from '@packline/domain/access/actions.ts'
import {
  allPrivileges,
  type DefaultRole,
  defaultRoleTable,
  privilegesOf,
} from '@packline/domain/access/privileges.ts'
import { type AccountFeature, effectiveFeatures, featureTable } from '@packline/domain/accounts/features.ts'
import { describe, expect, test } from 'vitest'
import { consoleRoutes, refusalAtTheGate, routesWithAction } from './guarded-routes.ts'
import { createAccount, signInAs } from './people.ts'
import { callerOf, createTestApp } from './test-app.ts'

const app = await createTestApp({
  publicUrl: 'http://packline.test',
  // Where single sign-on is configured there are two more routes.
  oidc: { issuer: 'http://localhost:1', clientId: 'packline', clientSecret: 'none', label: 'Sign in' },
})
const allFeatures = Object.keys(featureTable) as AccountFeature[] // the record is keyed by AccountFeature
const roles = Object.keys(defaultRoleTable) as DefaultRole[] // the record is keyed by DefaultRole
const features = effectiveFeatures(allFeatures)
const accountId = await createAccount(app)

const routes = consoleRoutes(app)
const guarded = routesWithAction(routes)
const nameOf = ({ method, path, access }: { method: string; path: string; access: string }) =>
  `${method} ${path} ${access}`

test('routes say who may call them: everybody is let in at these places only', () => {
  expect(routes.filter(({ access }) => access === 'public').map(nameOf)).toEqual([
    'GET /about public',
    'POST /session public',
    'DELETE /session public',
    'GET /session/single-sign-on public',
    'GET /session/single-sign-on/return public',
    'POST /session/code public',
    'POST /invitation-links/reading public',
    'POST /invitation-links/new-user public',
    'POST /password-resets public',
    'POST /password-resets/completion public',
    'GET /notice-calendars/00000000-0000-4000-8000-000000000000/release.ics public',
  ])
  expect(routes.length).toBeLessThanOrEqual(Object.keys(endpoints).length)
})

describe('without a session', () => {
  const closed = routes.filter(({ access }) => access !== 'public')
  test.each(closed.map((route) => [nameOf(route), route] as const))(
    '%s: 401',
    async (_name, { method, path }) => {
      const response = await callerOf(app.app)(method, path)
      expect(response.statusCode).toBe(401)
      expect(response.json()).toMatchObject({ code: 'not-signed-in' })
    },
  )
})

describe.each(roles)('the role %s may what the table says', async (role) => {
  const person = await signInAs(app, { accountId, role })
  const privileges = privilegesOf([{ defaultRole: role, privileges: [] }])

  test.each(guarded.map((route) => [nameOf({ ...route, access: route.action }), route] as const))(
    '%s',
    async (_name, route) => {
      const decision = mayDo(route.action, { privileges, features })
      const refusal = await refusalAtTheGate(person.call, route)
      if (decision.kind === 'allowed') expect(refusal).toBeUndefined()
      else expect(refusal).toMatchObject({ code: decision.reason, message: decision.sentence })
    },
  )
})

describe('one privilege makes the difference', async () => {
  const withAll = await signInAs(app, { accountId, privileges: allPrivileges })
  const withNone = await signInAs(app, { accountId, privileges: [] })
  const needing = guarded.filter(({ action }) => actionTable[action].needs !== null)

  test.each(needing.map((route) => [nameOf({ ...route, access: route.action }), route] as const))(
    '%s',
    async (_name, route) => {
      const { needs } = actionTable[route.action]
      const everyWay = needs === null ? [[]] : 'all' in needs ? [needs.all] : needs.any.map((one) => [one])
      const tooLittle = needs === null ? [] : 'all' in needs ? needs.all.map((one) => [one]) : [needs.any]
      const missing = { code: 'privilege-missing' }
      expect(await refusalAtTheGate(withNone.call, route)).toMatchObject(missing)
      for (const lacking of tooLittle) {
        const privileges = allPrivileges.filter((privilege) => !lacking.includes(privilege))
        const others = await signInAs(app, { accountId, privileges })
        expect(await refusalAtTheGate(others.call, route)).toMatchObject(missing)
      }
      for (const privileges of everyWay) {
        const only = await signInAs(app, { accountId, privileges })
        expect(await refusalAtTheGate(only.call, route)).toBeUndefined()
      }
      expect(await refusalAtTheGate(withAll.call, route)).toBeUndefined()
    },
  )
})

describe('R-2 without the feature nobody may, whatever the privileges', async () => {
  const bare = await createAccount(app, { features: [] })
  const person = await signInAs(app, { accountId: bare, role: 'administrator' })
  const featured = guarded.filter(({ action }) => actionTable[action].feature !== null)

  test.each(featured.map((route) => [nameOf({ ...route, access: route.action }), route] as const))(
    '%s',
    async (_name, route) => {
      expect(await refusalAtTheGate(person.call, route)).toMatchObject({ code: 'feature-off' })
    },
  )
})
