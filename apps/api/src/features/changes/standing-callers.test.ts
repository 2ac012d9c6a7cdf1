import { notifyChanges } from '../../platform/change-signal.ts'
import { createChangeFeed } from '../../platform/change-feed.ts'
import { hashToken } from '../../platform/session-token.ts'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createListeners, listenAt } from '../../test/event-streams.ts'
import { createAccount, signInAs } from '../../test/people.ts'
import { createTestApp } from '../../test/test-app.ts'
import { listStanding } from './standing-callers.views.ts'

const test1 = await createTestApp()
const { db, deps } = test1
const { listen } = await listenAt(test1)
const people = () => createListeners(test1)

/** Most of it is written past this instance, as another one would. */
describe('whoever may not listen any more', () => {
  type Listening = Awaited<ReturnType<typeof people>>
  const endings: readonly (readonly [string, (all: Listening) => Promise<unknown>])[] = [
    ['they signed out', ({ operator }) => operator.call('DELETE', '/session')],
    ['they signed in too long ago', ({ operator }) => changeSession(operator, { expiresAt: new Date(0) })],
    [
      'they work in another account by now',
      async ({ operator }) => changeSession(operator, { accountId: await createAccount(test1) }),
    ],
    [
      'they were removed from the account',
      ({ operator }) => db.membership.deleteMany({ where: { userId: operator.userId } }),
    ],
    [
      'the account requires two-step sign-in by now, which they have not',
      async ({ operator, customer: { accountId } }) => {
        // Their colleague came by single sign-on.
        await db.session.updateMany({
          where: { accountId, userId: { not: operator.userId } },
          data: { isVouched: true },
        })
        await db.account.update({ where: { id: accountId }, data: { requiresTwoStep: true } })
      },
    ],
  ]
  const changeSession = (person: { userId: string }, data: { expiresAt: Date } | { accountId: string }) =>
    db.session.updateMany({ where: { userId: person.userId }, data })
  const happen = (environmentId: string) =>
    db.$transaction((tx) => notifyChanges(tx, { environmentIds: [environmentId] }))

  test.each(endings)('because %s: hears nothing of what happens next, and is let go', async (_name, end) => {
    const all = await people()
    const { customer, operator } = all
    const hint = { kind: 'environment', id: customer.environmentId } as const
    const colleague = await signInAs(test1, { accountId: customer.accountId })
    const theirs = await listen(operator)
    const still = await listen(colleague)
    await end(all)
    await happen(customer.environmentId)
    await theirs.ended
    await still.hears(hint)
    expect(theirs.heard).not.toContainEqual(hint)
  })

  test('because their token was revoked is let go', async () => {
    const { customer } = await people()
    const operator = await signInAs(test1, { accountId: customer.accountId, role: 'administrator' })
    const token = { id: crypto.randomUUID(), secret: crypto.randomUUID() }
    await db.$executeRaw`
      insert into "ApiToken" (id, "userId", "accountId", name, "tokenHash") values (${token.id}::uuid,
        ${operator.userId}::uuid, ${customer.accountId}, 'a script', ${hashToken(token.secret)})`
    const theirs = await listen({ authorization: `Bearer ${token.secret}` })
    await happen(customer.environmentId)
    await theirs.hears({ kind: 'environment', id: customer.environmentId })
    const heard = theirs.heard.length
    await db.apiToken.update({ where: { id: token.id }, data: { revokedAt: new Date() } })
    await happen(customer.environmentId)
    await theirs.ended
    expect(theirs.heard).toHaveLength(heard)
  })

  test.each<readonly [string, (all: Listening) => Promise<unknown>]>([
    ['signed out', ({ operator }) => db.session.deleteMany({ where: { userId: operator.userId } })],
    [
      'is of a suspended account',
      ({ customer }) =>
        db.account.update({ where: { id: customer.accountId }, data: { status: 'suspended' } }),
    ],
  ])('is let go also when nothing happens, and nobody else is: who %s', async (_name, end) => {
    const all = await people()
    const { operator, publisher, scene, customer } = all
    const ended: string[] = []
    const feed = createChangeFeed({
      signals: deps.signals,
      findAudience: () => Promise.resolve([]),
      listStanding: (ids) => listStanding(deps.systemDb, ids),
      onFault: () => undefined,
      checkMillis: 20,
    })
    onTestFinished(() => feed.close())
    for (const [{ userId }, accountId] of [
      [operator, customer.accountId],
      [publisher, scene.publisherId],
    ] as const) {
      const { id } = await db.session.findFirstOrThrow({ where: { userId } })
      feed.join({ caller: { id, accountId }, userId, tell: () => undefined, end: () => ended.push(userId) })
    }
    await end(all)
    await expect.poll(() => ended).toContain(operator.userId)
    expect(ended).not.toContain(publisher.userId)
  })
})
