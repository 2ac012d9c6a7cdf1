import { type Action, actionTable, mayDo } from '@packline/domain/access/actions.ts'
import { allPrivileges, type Privilege } from '@packline/domain/access/privileges.ts'
import { underCap } from '@packline/domain/access/account-access.ts'
import { effectiveFeatures, isAccountFeature } from '@packline/domain/accounts/features.ts'
import { expect, test } from 'vitest'
import { createAccount, signInAs } from '../test/people.ts'
import { createScript, platformCaller } from '../test/platform-api/platform-caller.ts'
import { createTestApp } from '../test/test-app.ts'
import { allObjects } from './objects/all-objects.ts'

const app = await createTestApp()
const accountId = await createAccount(app)
const unknownId = '00000000-0000-4000-8000-000000000000'

type Call = { method: 'GET' | 'POST' | 'DELETE'; path: string; action: Action }

/** Every operation there is, on ids that nobody has: who is let through finds nothing and changes nothing. */
const calls: Call[] = allObjects.flatMap(({ shape, reading, only, create, update, remove }): Call[] => {
  const path = `/${shape.name}`
  return [
    ...(only ? [{ method: 'GET' as const, path: only.path, action: only.action }] : []),
    ...(reading?.get
      ? [{ method: 'GET' as const, path: `${path}/${unknownId}`, action: reading.action }]
      : []),
    ...(reading?.get ? [{ method: 'POST' as const, path: `${path}/bulk`, action: reading.action }] : []),
    ...(reading?.query ? [{ method: 'POST' as const, path: `${path}/query`, action: reading.action }] : []),
    ...(reading?.query
      ? [{ method: 'POST' as const, path: `${path}/queryMore`, action: reading.action }]
      : []),
    ...(create ? [{ method: 'POST' as const, path, action: create.action }] : []),
    ...(update ? [{ method: 'POST' as const, path: `${path}/${unknownId}`, action: update.action }] : []),
    ...(remove ? [{ method: 'DELETE' as const, path: `${path}/${unknownId}`, action: remove.action }] : []),
  ]
})
const nameOf = ({ method, path, action }: Call) => `${method} ${path.replace(unknownId, ':id')} ${action}`

const withNothing = await createScript(app, { accountId, privileges: ['api-access'] })

test.each(calls.map((call) => [nameOf(call), call] as const))(
  '%s needs what the console needs, and API Access',
  async (_name, { method, path, action }) => {
    const { needs } = actionTable[action]
    const enough: readonly Privilege[] =
      needs === null ? [] : 'all' in needs ? needs.all : needs.any.slice(0, 1)
    const decision = mayDo(action, { privileges: new Set(['api-access']), features: new Set() })
    const bare = await withNothing.send(method, path)
    if (needs === null) expect(bare.statusCode).not.toBe(403)
    else {
      expect(bare.statusCode).toBe(403)
      if (decision.kind === 'refused' && decision.reason === 'privilege-missing') {
        expect(bare.json()).toMatchObject({ message: decision.sentence })
      }
    }
    for (const lacking of enough.length > 1 ? enough : []) {
      const others: Privilege[] = ['api-access', ...enough.filter((privilege) => privilege !== lacking)]
      const partly = await createScript(app, { accountId, privileges: others })
      expect((await partly.send(method, path)).statusCode).toBe(403)
    }
    const allowed = await createScript(app, { accountId, privileges: ['api-access', ...enough] })
    expect((await allowed.send(method, path)).statusCode).not.toBe(403)
    const closed = await createScript(app, { accountId, privileges: enough })
    expect((await closed.send(method, path)).statusCode).toBe(403)
  },
)

test.each<readonly [string, readonly Privilege[] | null]>([
  ['no Support Access Role', null],
  ['a wide one', allPrivileges.filter((one) => !['user-management', 'integration-pack'].includes(one))],
  ['a narrow one', ['api-access', 'atom-management-read-access']],
  ['one without API Access', ['atom-management', 'packaged-component-management']],
])('R-52 under %s overrideAccount opens what it leaves, for every operation', async (_name, cap) => {
  const target = await createAccount(app, { primaryAccountId: accountId })
  if (cap) {
    const role = await app.db.role.create({
      data: { accountId: target, name: 'Support access', privileges: [...cap] },
    })
    await app.db.account.update({ where: { id: target }, data: { supportAccessRoleId: role.id } })
  }
  const { features: on } = await app.db.account.findUniqueOrThrow({ where: { id: target } })
  const features = effectiveFeatures(on.filter(isAccountFeature))
  const privileges = underCap(new Set(allPrivileges), cap && [{ defaultRole: null, privileges: cap }])
  const { authorization } = await createScript(app, { accountId, privileges: allPrivileges })
  const partner = platformCaller(app, { accountId, authorization, base: '/partner/api/rest/v1' })
  const wrong = []
  for (const call of calls) {
    const answer = await partner(call.method, `${call.path}?overrideAccount=${target}`)
    const decision = mayDo(call.action, { privileges, features })
    const sentence = !privileges.has('api-access')
      ? 'The Support Access Role of the overrideAccount does not have the privilege API Access.'
      : decision.kind === 'refused'
        ? decision.sentence
        : undefined
    const isRight =
      sentence === undefined
        ? answer.statusCode !== 403
        : answer.statusCode === 403 && answer.body.includes(sentence)
    if (!isRight) wrong.push(`${nameOf(call)}: ${answer.statusCode} ${answer.body}`)
  }
  expect(wrong).toEqual([])
})

test('R-51 who shares packs by a script holds Integration Pack as well as Account Group Management', async () => {
  const privileges: Privilege[] = ['api-access', 'account-group-management']
  const groupsOnly = await createScript(app, { accountId, privileges })
  const both = await createScript(app, { accountId, privileges: [...privileges, 'integration-pack'] })
  const path = '/AccountGroupIntegrationPack'
  for (const [method, address] of [
    ['POST', path],
    ['DELETE', `${path}/${unknownId}`],
  ] as const) {
    const refused = await groupsOnly.send(method, address)
    expect(refused.statusCode).toBe(403)
    expect(refused.json()).toMatchObject({ message: expect.stringContaining('Integration Pack') })
    expect((await both.send(method, address)).statusCode).toBe(400)
  }
  // What is shared is seen, and shared in the console, by whoever manages the groups.
  expect((await groupsOnly.send('POST', `${path}/query`)).statusCode).toBe(200)
  const { call } = await signInAs(app, { accountId, privileges: ['account-group-management'] })
  const shared = await call('POST', `/account-groups/${unknownId}/integration-packs`, {
    body: { packIds: [unknownId] },
  })
  expect(shared.statusCode).toBe(404)
})
