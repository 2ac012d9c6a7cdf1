import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { ChangeHint } from '@packline/contract/changes.ts'
import { createChangeFeed } from '../../platform/change-feed.ts'
import { notifyChanges } from '../../platform/change-signal.ts'
import { buildApp } from '../../app.ts'
import { describe, expect, onTestFinished, test } from 'vitest'
import { connectNode, createCustomer, createDeliveryScene, releaseSecond } from '../../test/atoms.ts'
import { createAccount, signInAs } from '../../test/people.ts'
import { hashToken } from '../../platform/session-token.ts'
import { createTestApp } from '../../test/test-app.ts'
import { listStanding } from './standing-callers.views.ts'

const test1 = await createTestApp()
const { app, db, deps } = test1
await app.listen({ port: 0, host: '127.0.0.1' })
const { port } = app.server.address() as AddressInfo // it listens on a port

type Person = { cookie: string } | { authorization: string }
const streamFor = (person: Person | undefined, at = port, headers: Record<string, string> = {}) =>
  fetch(`http://127.0.0.1:${at}/api/v1/events`, {
    headers: {
      accept: 'text/event-stream',
      'accept-encoding': 'gzip, br',
      ...(person && ('cookie' in person ? { cookie: person.cookie } : person)),
      ...headers,
    },
  })

/** What somebody hears, as it comes. */
async function listen(person: Person, at = port) {
  const answer = await streamFor(person, at)
  expect(answer.status).toBe(200)
  const heard: ChangeHint[] = []
  const ended = (async () => {
    let text = ''
    for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk
      const blocks = text.split('\n\n')
      text = blocks.pop() ?? ''
      for (const block of blocks) {
        if (block.startsWith('data: ')) heard.push(JSON.parse(block.slice('data: '.length)) as ChangeHint)
      }
    }
  })().catch(() => undefined)
  onTestFinished(() => answer.body?.cancel().catch(() => undefined))
  await untilListened()
  return {
    answer,
    heard,
    ended,
    hears: async (hint: ChangeHint) => {
      await expect.poll(() => heard, { timeout: 5_000 }).toContainEqual(hint)
    },
  }
}

/** The connection that listens is there: nothing said from now on is missed. */
const untilListened = () =>
  expect
    .poll(async () => {
      const rows = await db.$queryRaw<unknown[]>`
        select pid from pg_stat_activity where datname = current_database()
          and application_name = 'packline change signal' and state = 'idle' and query like 'listen packline_desired%'`
      return rows.length
    })
    .toBeGreaterThan(0)

async function people() {
  const scene = await createDeliveryScene(test1)
  const customer = await createCustomer(test1, scene)
  const publisher = await signInAs(test1, { accountId: scene.publisherId })
  const operator = await signInAs(test1, { accountId: customer.accountId })
  const stranger = await signInAs(test1, { accountId: await createAccount(test1) })
  return { scene, customer, publisher, operator, stranger }
}

describe('hints', () => {
  test('a release is heard by its publisher and by who has the pack, and by nobody else', async () => {
    const { scene, publisher, operator, stranger } = await people()
    const [one, two, three] = [await listen(publisher), await listen(operator), await listen(stranger)]
    const releaseId = await releaseSecond(test1, scene)
    await one.hears({ kind: 'release', id: releaseId })
    await one.hears({ kind: 'pack', id: scene.pack.id })
    await two.hears({ kind: 'pack', id: scene.pack.id })
    await wait(300)
    expect(two.heard.filter(({ kind }) => kind === 'release')).toEqual([])
    expect(three.heard).toEqual([])
  })

  test('what an Atom reports is heard by its account and by the publisher of what it runs', async () => {
    const { scene, customer, publisher, operator, stranger } = await people()
    const node = await connectNode(test1, customer.atom.id)
    const [one, two, three] = [await listen(publisher), await listen(operator), await listen(stranger)]
    await node.report({ attachmentId: customer.attachment.id, releaseId: scene.first.id, state: 'ACTIVE' })
    await one.hears({ kind: 'release', id: scene.first.id })
    await two.hears({ kind: 'environment', id: customer.environmentId })
    await wait(300)
    expect(one.heard.filter(({ kind }) => kind === 'environment')).toEqual([])
    expect(two.heard.filter(({ kind }) => kind === 'release')).toEqual([])
    expect(three.heard).toEqual([])
  })

  test('whoever may not see something does not hear of it', async () => {
    const { scene, customer, operator } = await people()
    const publisher = await signInAs(test1, { accountId: scene.publisherId, privileges: ['execute'] })
    const [one, two] = [await listen(publisher), await listen(operator)]
    await db.$transaction((tx) =>
      notifyChanges(tx, { releaseIds: [scene.first.id], environmentIds: [customer.environmentId] }),
    )
    await two.hears({ kind: 'environment', id: customer.environmentId })
    expect(one.heard).toEqual([])
  })

  test('a pack shared otherwise is heard by its publisher, by who has it, and as news of sharing by all it manages', async () => {
    const { scene, customer, publisher, operator, stranger } = await people()
    const managed = await createAccount(test1, { primaryAccountId: scene.publisherId })
    await db.account.update({
      where: { id: customer.accountId },
      data: { primaryAccountId: scene.publisherId },
    })
    const other = await signInAs(test1, { accountId: managed })
    const [one, two, three, four] = [
      await listen(publisher),
      await listen(operator),
      await listen(other),
      await listen(stranger),
    ]
    await db.$transaction((tx) => notifyChanges(tx, { packIds: [scene.pack.id] }))
    await one.hears({ kind: 'pack', id: scene.pack.id })
    await two.hears({ kind: 'pack', id: scene.pack.id })
    await two.hears({ kind: 'sharing', id: null })
    await three.hears({ kind: 'sharing', id: null })
    await wait(300)
    expect(three.heard).toEqual([{ kind: 'sharing', id: null }])
    expect(four.heard).toEqual([])
  })

  test('nothing is told of what was rolled back', async () => {
    const { scene, customer, publisher, operator } = await people()
    const [one, two] = [await listen(publisher), await listen(operator)]
    const undone = db.$transaction(async (tx) => {
      await notifyChanges(tx, { releaseIds: [scene.second.id] })
      throw new Error('rolled back')
    })
    await expect(undone).rejects.toThrow('rolled back')
    await db.$transaction((tx) => notifyChanges(tx, { environmentIds: [customer.environmentId] }))
    await two.hears({ kind: 'environment', id: customer.environmentId })
    await one.hears({ kind: 'release', id: scene.first.id })
    expect(one.heard).not.toContainEqual({ kind: 'release', id: scene.second.id })
  })

  test('more than fits into a signal is told as everything, which says nothing of anybody', async () => {
    const { stranger } = await people()
    const one = await listen(stranger)
    const releaseIds = Array.from({ length: 151 }, () => crypto.randomUUID())
    await db.$transaction((tx) => notifyChanges(tx, { releaseIds }))
    await one.hears({ kind: 'everything', id: null })
  })

  test('after a break of the connection everything may have changed', async () => {
    const { stranger } = await people()
    const one = await listen(stranger)
    await db.$queryRaw`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = 'packline change signal'`
    await one.hears({ kind: 'everything', id: null })
  })
})

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
      databaseUrl: deps.databaseUrl,
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

describe('the stream', () => {
  test('is one, not compressed, stored by nobody', async () => {
    const { stranger } = await people()
    const { answer } = await listen(stranger)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    })
    expect(answer.headers.has('content-encoding')).toBe(false)
  })

  test('is for those who are signed in and ask for one', async () => {
    const { stranger } = await people()
    expect((await streamFor(undefined)).status).toBe(401)
    const other = await streamFor(stranger, port, { accept: 'application/json' })
    expect(other.status).toBe(406)
    expect(await other.json()).toMatchObject({ code: 'not-an-event-stream' })
  })

  test('is given to a session twenty times, and again when one has ended', async () => {
    const { stranger } = await people()
    const streams = await Promise.all(Array.from({ length: 20 }, () => streamFor(stranger)))
    const tooMany = await streamFor(stranger)
    expect(tooMany.status).toBe(429)
    expect(await tooMany.json()).toMatchObject({ code: 'too-many-streams' })
    await streams[0]?.body?.cancel()
    await expect
      .poll(async () => {
        const again = await streamFor(stranger)
        await again.body?.cancel()
        return again.status
      })
      .toBe(200)
    for (const one of streams.slice(1)) await one.body?.cancel()
  })

  test('ends at once when the server closes', async () => {
    const { stranger } = await people()
    const other = await buildApp(deps)
    await other.listen({ port: 0, host: '127.0.0.1' })
    const { ended } = await listen(stranger, (other.server.address() as AddressInfo).port)
    const began = performance.now()
    await other.close()
    await ended
    expect(performance.now() - began).toBeLessThan(10_000)
  })
})
