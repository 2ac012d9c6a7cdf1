import { describe, expect, test } from 'vitest'
import { setClock } from '../../test/clock.ts'
import { untilSomeoneWaitsForALock } from '../../test/lock-waits.ts'
import { addCustomer, createReleaseScene, releaseBody, scheduleRelease } from '../../test/release-scene.ts'
import { createTestApp } from '../../test/test-app.ts'
import { advanceReleases, releaseDue } from './release-due.ts'
import { claimRelease } from './release-queue.store.ts'

const app = await createTestApp()
const { db, deps } = app

/** A release that is due now, and what somebody may want of it at this very moment. */
async function midnight() {
  const scene = await createReleaseScene(app)
  await addCustomer(app, scene)
  const releaseId = await scheduleRelease(scene)
  await setClock(db, '2027-02-28T23:00:00Z')
  const { call } = scene.manager
  const path = `/releases/${releaseId}`
  const changes = {
    cancel: () => call('POST', `${path}/cancellation`, { body: { reason: 'No.' } }),
    reschedule: () => call('PATCH', path, { body: { releaseOn: '2027-03-20' } }),
    'release now': () => call('POST', `${path}/release-now`),
    'change versions': () =>
      call('POST', `${path}/replacement`, { body: releaseBody(scene, [2, 1], '2027-03-20') }),
    'delete pack': () => call('DELETE', `/integration-packs/${scene.pack.id}`),
  }
  return { releaseId, changes }
}

const stateOf = async (releaseId: string) => {
  const { status } = await db.release.findUniqueOrThrow({ where: { id: releaseId } })
  return { status, reached: await db.releaseTarget.count({ where: { releaseId } }) }
}

describe('somebody changes a release as it becomes due (I11, I12)', () => {
  test.each([
    ['cancel', 200, 'CANCELLED', 0],
    ['reschedule', 200, 'SCHEDULED', 0],
    ['release now', 200, 'SUCCESS', 1],
    ['change versions', 201, 'SUPERSEDED', 0],
    ['delete pack', 204, 'CANCELLED', 0],
  ] as const)(
    '%s is under way: the job passes the release over, and finds nothing left',
    async (name, answered, status, reached) => {
      const { releaseId, changes } = await midnight()
      const { changing } = await db.$transaction(async (tx) => {
        await tx.$executeRaw`lock table "AuditEntry" in share mode`
        const waiting = changes[name]()
        await untilSomeoneWaitsForALock(db)
        expect(await releaseDue(deps)).toBe(0)
        return { changing: waiting }
      })
      expect((await changing).statusCode).toBe(answered)
      await releaseDue(deps)
      expect(await stateOf(releaseId)).toEqual({ status, reached })
    },
  )

  test.each([
    ['cancel', 409, 'release-already-out'],
    ['reschedule', 409, 'release-already-out'],
    ['release now', 409, 'release-already-out'],
    ['change versions', 409, 'release-already-out'],
    // What went out is taken away with the pack.
    ['delete pack', 204, ''],
  ] as const)(
    'the job is under way: %s waits for it, and the release is out',
    async (name, answered, code) => {
      const { releaseId, changes } = await midnight()
      const { changing } = await deps.jobDb.$transaction(async (tx) => {
        const claimed = await claimRelease(tx, releaseId)
        const waiting = changes[name]()
        await untilSomeoneWaitsForALock(db)
        await advanceReleases(tx, claimed, 100)
        return { changing: waiting }
      })
      const answer = await changing
      expect(answer.statusCode).toBe(answered)
      expect(answer.body).toContain(code)
      expect(await stateOf(releaseId)).toEqual({ status: 'SUCCESS', reached: 1 })
    },
  )

  test('the clock is set back under way: it goes out, and at no earlier time than it was due', async () => {
    const { releaseId } = await midnight()
    await deps.jobDb.$transaction(async (tx) => {
      const claimed = await claimRelease(tx, releaseId)
      await setClock(db, '2027-02-28T22:00:00Z')
      await advanceReleases(tx, claimed, 100)
    })
    expect(await stateOf(releaseId)).toEqual({ status: 'SUCCESS', reached: 1 })
    const { startedAt, dueAt } = await db.release.findUniqueOrThrow({ where: { id: releaseId } })
    expect(startedAt?.getTime()).toBeGreaterThanOrEqual(dueAt.getTime())
  })
})
