import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { notifyChanges } from '../../platform/change-signal.ts'
import { buildApp } from '../../app.ts'
import { describe, expect, test } from 'vitest'
import { connectNode, releaseSecond } from '../../test/atoms.ts'
import { createListeners, listenAt } from '../../test/event-streams.ts'
import { createAccount, signInAs } from '../../test/people.ts'
import { createTestApp } from '../../test/test-app.ts'

const test1 = await createTestApp()
const { db, deps } = test1
const { streamFor, listen } = await listenAt(test1)
const people = () => createListeners(test1)

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
      where datname = current_database() and application_name = 'packline signals'`
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
    const other = await streamFor(stranger, undefined, { accept: 'application/json' })
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
