import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { ChangeHint } from '@packline/contract/changes.ts'
import { notifyChanges } from '../../platform/change-signal.ts'
import { buildApp } from '../../app.ts'
import { describe, expect, onTestFinished, test } from 'vitest'
import { connectNode, createCustomer, createDeliveryScene, releaseSecond } from '../../test/atoms.ts'
import { createAccount, signInAs } from '../../test/people.ts'
import { createTestApp } from '../../test/test-app.ts'

const test1 = await createTestApp()
const { app, db, deps } = test1
await app.listen({ port: 0, host: '127.0.0.1' })
const { port } = app.server.address() as AddressInfo // it listens on a port

type Person = { cookie: string }
const streamFor = (person: Person | undefined, at = port, headers: Record<string, string> = {}) =>
  fetch(`http://127.0.0.1:${at}/api/v1/events`, {
    headers: {
      accept: 'text/event-stream',
      'accept-encoding': 'gzip, br',
      ...(person && { cookie: person.cookie }),
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
