import { mayDo } from '@packline/domain/access/actions.ts'
import { privilegesIn } from '@packline/domain/access/account-access.ts'
import { type DefaultRole, defaultRoleTable, type HeldRole } from '@packline/domain/access/privileges.ts'
import { type AccountFeature, effectiveFeatures, featureTable } from '@packline/domain/accounts/features.ts'
import { describe, expect, test } from 'vitest'
import { consoleRoutes, refusalAtTheGate, routesWithAction } from './guarded-routes.ts'
import { createAccount, joinByGroup, signInAs } from './people.ts'
import { createTestApp } from './test-app.ts'

const app = await createTestApp()
const guarded = routesWithAction(consoleRoutes(app))
const roles = Object.keys(defaultRoleTable) as DefaultRole[] // the record is keyed by DefaultRole
const features = effectiveFeatures(Object.keys(featureTable) as AccountFeature[]) // keyed by AccountFeature
const held = (defaultRole: DefaultRole): HeldRole[] => [{ defaultRole, privileges: [] }]

const primaryId = await createAccount(app)
const managedId = await createAccount(app, { primaryAccountId: primaryId })
const siblingId = await createAccount(app, { primaryAccountId: primaryId })
const strangerId = await createAccount(app)

describe.each([
  ['their own account', managedId, managedId, 200],
  ['the primary account that manages theirs', managedId, primaryId, 404],
  ['an account that theirs manages, without a group', primaryId, managedId, 404],
  ['another account of the same primary account', managedId, siblingId, 404],
  ['an account that has nothing to do with theirs', managedId, strangerId, 404],
  ['an account that nobody has', managedId, 'account-nobody', 404],
] as const)('%s', (_relation, homeId, accountId, status) => {
  test.each(roles)('as %s', async (role) => {
    const person = await signInAs(app, { accountId: homeId, role })
    const answer = await person.call('PUT', '/session/account', { body: { accountId } })
    expect(answer.statusCode).toBe(status)
    if (status === 404) expect(answer.json()).toMatchObject({ code: 'account-not-found' })
  })
})

describe('through an account group', () => {
  // One that has nearly everything and one that has little, under no cap, a wide one and a narrow one.
  const given = ['administrator', 'production-support'] as const
  const caps = [null, 'standard-user', 'support'] as const
  test.each(given.flatMap((role) => caps.map((cap) => [role, cap] as const)))(
    'the role %s under the Support Access Role %s may what both have, on every route',
    async (role, cap) => {
      const accountId = await createAccount(app, { primaryAccountId: primaryId })
      const supportAccessRoleId = cap && defaultRoleTable[cap].id
      await app.db.account.update({ where: { id: accountId }, data: { supportAccessRoleId } })
      // At home they may do everything, which is worth nothing here.
      const person = await signInAs(app, { accountId: primaryId, role: 'administrator' })
      await joinByGroup(app, { userId: person.userId, accountIds: [accountId], role })
      const chosen = await person.call('PUT', '/session/account', { body: { accountId } })
      expect(chosen.statusCode).toBe(200)

      const supportAccess = cap && held(cap)
      const privileges = privilegesIn({ roles: held(role), isDirect: false, supportAccess })
      const wrong = []
      for (const route of guarded) {
        const decision = mayDo(route.action, { privileges, features })
        const refusal = await refusalAtTheGate(person.call, route)
        const expected = decision.kind === 'allowed' ? undefined : decision.reason
        if (refusal?.code !== expected)
          wrong.push(`${route.method} ${route.path}: ${refusal?.code}, not ${expected}`)
      }
      expect(wrong).toEqual([])
    },
  )
})
