import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { setClock } from '../../test/clock.ts'
import { createConsumer, createPlace, deployedIn, install, packsOf } from '../../test/consumer-scene.ts'
import { findViolations } from '../../test/invariants.ts'
import { untilSomeoneWaitsForALock } from '../../test/lock-waits.ts'
import { createReleaseScene, scheduleRelease } from '../../test/release-scene.ts'
import { createTestApp } from '../../test/test-app.ts'
import { insertNode } from '../atoms/atom-nodes.store.ts'
import { deliverToAtom, holdAttachments } from '../installations/deliveries.store.ts'
import { advanceReleases, releaseDue } from '../releases/release-due.ts'
import { claimRelease } from '../releases/release-queue.store.ts'

const app = await createTestApp()
const { db, deps } = app

/** A pack attached once, whose scheduled release is due now: whoever is first decides who applies it. */
async function midnight({ attached = true } = {}) {
  const scene = await createReleaseScene(app)
  const consumer = await createConsumer(app, scene)
  const place = await createPlace(app, consumer.accountId)
  const installation = await install(consumer, scene.pack.id, attached ? [place.id] : [])
  const releaseId = await scheduleRelease(scene)
  await setClock(db, '2027-02-28T23:00:00Z')
  const path = `/installations/${installation.id}`
  return {
    scene,
    consumer,
    place,
    installation,
    releaseId,
    applying: () => consumer.call('POST', `/environments/${place.id}/updates`, { body: {} }),
    attaching: () => consumer.call('POST', `${path}/attachments`, { body: { environmentIds: [place.id] } }),
    detaching: () => consumer.call('POST', `${path}/detachments`, { body: { environmentIds: [place.id] } }),
    uninstalling: () => consumer.call('DELETE', path),
  }
}
type Midnight = Awaited<ReturnType<typeof midnight>>

/** The automatic run has done its work and not committed yet when the other begins. */
async function automaticFirst<Result>({ releaseId }: Midnight, other: () => Promise<Result>) {
  const { begun } = await deps.jobDb.$transaction(async (tx) => {
    const claimed = await claimRelease(tx, releaseId)
    expect(claimed).toHaveLength(1)
    await advanceReleases(tx, claimed, 100)
    const waiting = other()
    await untilSomeoneWaitsForALock(db)
    return { begun: waiting }
  })
  return begun
}

/** The other has written everything but its audit entry when the automatic run looks for what is due. */
async function otherFirst<Result>(other: () => Promise<Result>) {
  const { begun } = await db.$transaction(async (tx) => {
    await tx.$executeRaw`lock table "AuditEntry" in share mode`
    const waiting = other()
    await untilSomeoneWaitsForALock(db)
    // The pack is held by the other: the run passes it over and comes back.
    expect(await releaseDue(deps)).toBe(0)
    return { begun: waiting }
  })
  const answer = await begun
  await releaseDue(deps)
  return answer
}

const recordsOf = (releaseId: string) => db.releaseTarget.findMany({ where: { releaseId } })
const updatesIn = (accountId: string) =>
  db.auditEntry.count({ where: { accountId, action: { startsWith: 'as.ipack UPDATE' } } })

describe('an early apply and the automatic run on the same attachment', () => {
  test('the automatic run first: the apply finds it done', async () => {
    const night = await midnight()
    const answer = await automaticFirst(night, night.applying)
    expect(answer.statusCode).toBe(409)
    expect(answer.json()).toMatchObject({ code: 'nothing-pending' })
    expect(await recordsOf(night.releaseId)).toMatchObject([{ how: 'AUTOMATIC', fromNumber: 1, toNumber: 2 }])
    expect(await updatesIn(night.consumer.accountId)).toBe(1)
    expect(await findViolations(db)).toEqual([])
  })

  test('the apply first: the automatic run leaves it as it is', async () => {
    const night = await midnight()
    const answer = await otherFirst(night.applying)
    expect(answer.json()).toMatchObject({ results: [{ kind: 'applied', toNumber: 2 }] })
    expect(await recordsOf(night.releaseId)).toMatchObject([{ how: 'MANUAL', fromNumber: 1, toNumber: 2 }])
    expect(await updatesIn(night.consumer.accountId)).toBe(1)
    expect((await packsOf(night.consumer, night.place.id)).rows).toMatchObject([
      { state: 'on-current', versionNumber: 2, updatedHow: 'MANUAL' },
    ])
    expect(await findViolations(db)).toEqual([])
  })

  test('two who apply at once: one record, and the second is told so', async () => {
    const night = await midnight()
    const { both } = await db.$transaction(async (tx) => {
      await tx.$queryRaw`select id from "IntegrationPack" where id = ${night.scene.pack.id}::uuid for update`
      const calls = Promise.all([night.applying(), night.applying(), night.applying(), night.applying()])
      await untilSomeoneWaitsForALock(db, 4)
      return { both: calls }
    })
    const statuses = (await both).map(({ statusCode }) => statusCode)
    expect(statuses.toSorted()).toEqual([200, 409, 409, 409])
    expect(await recordsOf(night.releaseId)).toHaveLength(1)
    await releaseDue(deps)
    expect(await updatesIn(night.consumer.accountId)).toBe(1)
    expect(await findViolations(db)).toEqual([])
  })
})

describe('attaching and the automatic run', () => {
  test('the automatic run first: what is attached runs the new release under its number', async () => {
    const night = await midnight({ attached: false })
    const answer = await automaticFirst(night, night.attaching)
    expect(answer.json()).toMatchObject({
      versionNumber: 2,
      attached: [{ releaseId: night.releaseId, versionNumber: 2 }],
    })
    expect(await findViolations(db)).toEqual([])
  })

  test('attaching first: the automatic run reaches it', async () => {
    const night = await midnight({ attached: false })
    const answer = await otherFirst(night.attaching)
    expect(answer.json()).toMatchObject({ attached: [{ versionNumber: 1 }] })
    expect(await recordsOf(night.releaseId)).toMatchObject([{ how: 'AUTOMATIC', toNumber: 2 }])
    expect(await deployedIn(app, night.place.id)).toEqual(['Invoice sync 2.0', 'Orders to ERP 2.0'])
    expect(await findViolations(db)).toEqual([])
  })

  test('between two chunks of it: the release that is going out is delivered by attaching, and counted once', async () => {
    const night = await midnight({ attached: false })
    // Another installation comes first in the order of the ids; the chunk ends after it.
    await db.$executeRaw`update "Release" set "nextTryAt" = '2027-03-02', status = 'IN_PROGRESS', "startedAt" = "dueAt"
      where id = ${night.releaseId}::uuid`
    await db.integrationPack.update({
      where: { id: night.scene.pack.id },
      data: { currentReleaseId: night.releaseId },
    })
    const answer = await night.attaching()
    expect(answer.json()).toMatchObject({
      versionNumber: 2,
      attached: [{ releaseId: night.releaseId, versionNumber: 2, state: 'on-current' }],
    })
    await db.$executeRaw`update "Release" set "nextTryAt" = "dueAt" where id = ${night.releaseId}::uuid`
    await releaseDue(deps)
    const { deliveredCount } = await db.installation.findUniqueOrThrow({
      where: { id: night.installation.id },
    })
    expect(deliveredCount).toBe(2)
    expect(await recordsOf(night.releaseId)).toEqual([])
    expect(await findViolations(db)).toEqual([])
  })
})

describe('installing and the automatic run', () => {
  test.each(['automatic', 'install'] as const)('%s first', async (first) => {
    const night = await midnight()
    const other = await createConsumer(app, night.scene)
    const place = await createPlace(app, other.accountId)
    const installing = () =>
      other.call('POST', '/installations', {
        body: { packId: night.scene.pack.id, environmentIds: [place.id] },
      })
    const answer = await (first === 'automatic' ? automaticFirst(night, installing) : otherFirst(installing))
    expect(answer.statusCode, answer.body).toBe(201)
    const expected = first === 'automatic' ? 1 : 2
    expect((await packsOf(other, place.id)).rows).toMatchObject([
      { state: 'on-current', versionNumber: expected, running: { id: night.releaseId } },
    ])
    expect(await findViolations(db)).toEqual([])
  })
})

describe('detaching and the automatic run', () => {
  test('the automatic run first: it is updated, then detached', async () => {
    const night = await midnight()
    expect((await automaticFirst(night, night.detaching)).statusCode).toBe(200)
    expect(await recordsOf(night.releaseId)).toHaveLength(1)
    expect(await deployedIn(app, night.place.id)).toEqual([])
    expect(await findViolations(db)).toEqual([])
  })

  test('who waited for the automatic run has detached after it, also by the clock', async () => {
    const night = await midnight()
    const { detached } = await deps.jobDb.$transaction(async (tx) => {
      const claimed = await claimRelease(tx, night.releaseId)
      const waiting = night.detaching()
      await untilSomeoneWaitsForALock(db)
      await advanceReleases(tx, claimed, 100)
      return { detached: waiting }
    })
    expect((await detached).statusCode).toBe(200)
    const [record] = await recordsOf(night.releaseId)
    const attachment = await db.attachment.findUniqueOrThrow({ where: { id: record?.attachmentId ?? '' } })
    expect(attachment.detachedAt?.getTime()).toBeGreaterThanOrEqual(record?.appliedAt.getTime() ?? Infinity)
  })

  test('detaching first: there is nothing to update', async () => {
    const night = await midnight()
    expect((await otherFirst(night.detaching)).statusCode).toBe(200)
    expect(await recordsOf(night.releaseId)).toEqual([])
    expect(await deployedIn(app, night.place.id)).toEqual([])
    expect(await findViolations(db)).toEqual([])
  })
})

describe('uninstalling and an early apply', () => {
  async function together(
    first: (night: Midnight) => Promise<unknown>,
    second: (night: Midnight) => Promise<unknown>,
  ) {
    const night = await midnight()
    const { calls } = await db.$transaction(async (tx) => {
      await tx.$executeRaw`lock table "AuditEntry" in share mode`
      const one = first(night)
      await untilSomeoneWaitsForALock(db)
      const other = second(night)
      await untilSomeoneWaitsForALock(db, 2)
      return { calls: Promise.all([one, other]) }
    })
    await calls
    expect(await db.installation.count({ where: { id: night.installation.id, uninstalledAt: null } })).toBe(0)
    expect(await deployedIn(app, night.place.id)).toEqual([])
    await releaseDue(deps)
    expect(await findViolations(db)).toEqual([])
    return night
  }

  test('uninstalling first: nothing is applied', async () => {
    const night = await together(
      (one) => one.uninstalling(),
      (one) => one.applying(),
    )
    expect(await recordsOf(night.releaseId)).toEqual([])
  })

  test('the apply first: applied, then uninstalled', async () => {
    const night = await together(
      (one) => one.applying(),
      (one) => one.uninstalling(),
    )
    expect(await recordsOf(night.releaseId)).toMatchObject([{ how: 'MANUAL' }])
  })
})

describe('removing an Atom and the automatic run', () => {
  const removing = (night: Midnight) => () =>
    night.consumer.call('DELETE', `/atoms/${night.place.atoms[0]?.id}`)

  test('the automatic run first: what it noted for the Atom goes with it', async () => {
    const night = await midnight()
    expect((await automaticFirst(night, removing(night))).statusCode).toBe(204)
    expect(await recordsOf(night.releaseId)).toHaveLength(1)
    expect(await db.delivery.count({ where: { releaseId: night.releaseId } })).toBe(0)
  })

  test('removing first: the automatic run waits for it and then has nobody to deliver to', async () => {
    const night = await midnight()
    const { begun } = await db.$transaction(async (tx) => {
      await tx.$executeRaw`lock table "AuditEntry" in share mode`
      const removed = removing(night)()
      await untilSomeoneWaitsForALock(db)
      const released = releaseDue(deps)
      await untilSomeoneWaitsForALock(db, 2)
      return { begun: Promise.all([removed, released]) }
    })
    expect(await begun).toMatchObject([{ statusCode: 204 }, 1])
    expect(await recordsOf(night.releaseId)).toMatchObject([{ how: 'AUTOMATIC' }])
    const release = await db.release.findUniqueOrThrow({ where: { id: night.releaseId } })
    expect(release).toMatchObject({ status: 'SUCCESS', attempts: 0 })
    expect(await findViolations(db)).toEqual([])
  })
})

test('an Atom that registers as the release goes out has the new one to fetch and nothing else', async () => {
  const night = await midnight()
  const atomId = night.place.atoms[0]?.id ?? ''
  const node = { atomId, type: 'ATOM', name: 'another node', credentialHash: randomBytes(32) } as const
  const { nodeId, going } = await db.$transaction(async (tx) => {
    await holdAttachments(tx, atomId)
    const released = releaseDue(deps)
    await untilSomeoneWaitsForALock(db)
    const id = await insertNode(tx, { ...node, agentVersion: '1', address: '' })
    await deliverToAtom(tx, { atomId, nodeId: id }, Temporal.Instant.from('2027-02-28T23:00:00Z'))
    return { nodeId: id, going: { released } }
  })
  expect(await going.released).toBe(1)
  const deliveries = await db.delivery.findMany({ where: { nodeId } })
  expect(new Map(deliveries.map(({ releaseId, state }) => [releaseId, state]))).toEqual(
    new Map([
      [night.scene.first.id, 'SUPERSEDED'],
      [night.releaseId, 'WAITING'],
    ]),
  )
  expect(await findViolations(db)).toEqual([])
})
