import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { auditActionTable, isAuditAction } from '@packline/domain/audit/audit-actions.ts'
import { describe, expect, test } from 'vitest'
import { checkAudited, unaudited } from './audited-writes.ts'
import { createUser, createAccount, signInAs } from './people.ts'
import { callerOf, createTestApp } from './test-app.ts'

const server = await createTestApp()
const { app, db } = server

describe('every write leaves its entry', () => {
  const writes = app.guardedRoutes
    .filter(({ method, url }) => method !== 'GET' && method !== 'HEAD' && url.startsWith('/api/v1'))
    .map(({ method, url }) => `${method} ${url}`)

  test('but for those of the list, which names no route that is not there', () => {
    expect([...unaudited].filter((route) => !writes.includes(route))).toEqual([])
    expect(writes.filter((route) => !unaudited.has(route)).length).toBeGreaterThan(50)
  })

  test('and one that did not would be found, as would a refusal that did', async () => {
    const answer = (statusCode: number, requestId: string) =>
      ({ statusCode, headers: { 'x-request-id': requestId } }) as unknown as Parameters<
        typeof checkAudited
      >[2]
    const request = { method: 'PATCH', url: '/api/v1/user' } as const
    await expect(checkAudited(app, request, answer(200, 'never written'))).rejects.toThrow(
      'PATCH /api/v1/user answered 200 and left nothing in the audit log',
    )
    await db.$executeRaw`
      insert into "AuditEntry" (id, "accountId", at, "actorKind", "actorName", source, "requestId", action, "objectType",
        "objectId")
      values (gen_random_uuid(), 'a', now(), 'USER', 'Ada', 'UI', 'written', 'user UPDATE PROFILE', 'user', 'x')`
    await expect(checkAudited(app, request, answer(422, 'written'))).rejects.toThrow(
      'PATCH /api/v1/user was refused with 422 and is in the audit log',
    )
  })
})

describe('every action has its words', () => {
  const root = join(import.meta.dirname, '../../../..')
  const source = globSync(['apps/api/src/**/*.ts', 'prisma/src/demo/**/*.ts'], { cwd: root })
    .filter((path) => !path.endsWith('.test.ts') && !path.includes('/src/test/'))
    .map((path) => readFileSync(join(root, path), 'utf8'))
    .join('\n')
  const known = Object.keys(auditActionTable)

  test('whether the code hands it on or SQL writes it', () => {
    const kinds = new Set(known.map((action) => action.split(' ')[0]))
    const written = [...source.matchAll(/'([a-z.]+) ([A-Z_]+(?: [A-Z]+)?)'/g)]
      .filter(([, kind = '']) => kinds.has(kind) || kind.startsWith('as.'))
      .map(([, kind, act]) => `${kind} ${act}`)
    expect(new Set(written).size).toBeGreaterThan(50)
    expect(written.filter((action) => !isAuditAction(action))).toEqual([])
  })

  test('and there are no words for what nobody does', () => {
    // Some are put together: `as.environment ${action}`, or 'as.ipack UPDATE ' || how.
    const isPutTogether = (action: string) => {
      const last = action.lastIndexOf(' ')
      const start = action.slice(0, last)
      return (
        /['`]/.test(source.charAt(source.indexOf(start) - 1)) &&
        source.includes(`'${action.slice(last + 1)}'`)
      )
    }
    expect(known.filter((action) => !source.includes(`'${action}'`) && !isPutTogether(action))).toEqual([])
  })

  test.each(Object.values(auditActionTable))('“%s” reads on after a name', (words) => {
    expect(words).toMatch(/^[a-z][^.]*[a-z]$/)
  })
})

describe('acts of signing in and out', () => {
  const entriesOf = async (accountId: string) =>
    (await db.auditEntry.findMany({ where: { accountId }, orderBy: [{ at: 'asc' }, { id: 'asc' }] })).map(
      ({ action, actorName, objectType }) => [action, actorName, objectType],
    )

  test('signing out, here and on another device', async () => {
    const accountId = await createAccount(server)
    const person = await signInAs(server, { accountId })
    const { id } = await db.session.create({
      data: {
        tokenHash: Buffer.from(`other device of ${person.email}`),
        userId: person.userId,
        accountId,
        userAgent: 'Firefox',
        expiresAt: new Date('2100-01-01T00:00:00Z'),
      },
    })
    expect((await person.call('DELETE', `/user/sessions/${id}`)).statusCode).toBe(204)
    expect((await person.call('DELETE', '/session')).statusCode).toBe(204)
    expect(await entriesOf(accountId)).toEqual([
      ['user.session DELETE', 'Test Person', 'user'],
      ['account ON_EXIT SUCCESS', 'Test Person', 'account'],
    ])
    // Signing out once more is nothing that happened.
    expect((await person.call('DELETE', '/session')).statusCode).toBe(204)
    expect(await entriesOf(accountId)).toHaveLength(2)
  })

  test('the lock after bad sign-ins, once, in each of the user’s accounts', async () => {
    const accountIds = [await createAccount(server), await createAccount(server)]
    const { email } = await createUser(server, { accountIds, password: 'the right one' })
    for (let attempt = 0; attempt < 8; attempt++) {
      const body = { email, password: 'wrong' }
      expect((await callerOf(app)('POST', '/session', { body })).statusCode).toBe(401)
    }
    for (const accountId of accountIds) {
      expect(await entriesOf(accountId)).toEqual([['user LOCK', email, 'user']])
    }
  })
})
