import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { setClock } from '../test/clock.ts'
import { createReleaseScene, scheduleRelease } from '../test/release-scene.ts'
import { createTestApp } from '../test/test-app.ts'
import { letReleasesGoFirst } from './releases-first.ts'

const app = await createTestApp()
const { db } = app
const long = 60_000

/** Goes first, and says how often it looked; told to stop at that look, or never. */
async function letGo(atMostMillis: number, lastLook = Infinity) {
  const stopping = new AbortController()
  let looks = 0
  const looking = new Proxy(db, {
    get: (target, name) => {
      if (name === '$queryRaw') looks += 1
      if (looks === lastLook) stopping.abort()
      return Reflect.get(target, name) as unknown
    },
  })
  await letReleasesGoFirst(looking, { atMostMillis, stop: stopping.signal })
  return looks
}

test('waits while a release is due, until it is out', async () => {
  const id = await scheduleRelease(await createReleaseScene(app))
  // Nothing is due before its time, however near.
  await setClock(db, '2027-02-28T22:59:00Z')
  expect(await letGo(long)).toBe(1)

  await setClock(db, '2027-02-28T23:00:00Z')
  // Ends because it is told to stop, not because nothing is due.
  expect(await letGo(long, 3)).toBe(3)
  const waiting = letGo(long)
  await db.release.update({ where: { id }, data: { status: 'SUCCESS' } })
  await waiting
  expect(await letGo(long)).toBe(1)
})

test('waits no longer than it may', async () => {
  await scheduleRelease(await createReleaseScene(app))
  await setClock(db, '2027-02-28T23:00:00Z')
  expect(await letGo(0)).toBe(0)
  expect(await letGo(300)).toBeGreaterThan(1)
})

test('waits no longer once it is told to stop, however long its pause', async () => {
  await scheduleRelease(await createReleaseScene(app))
  await setClock(db, '2027-02-28T23:00:00Z')
  const stopping = new AbortController()
  const over = letReleasesGoFirst(db, { atMostMillis: long, stop: stopping.signal }).then(() => 'over')
  // In the middle of a pause of one second.
  await wait(1_200)
  stopping.abort()
  expect(await Promise.race([over, wait(500, 'still waiting')])).toBe('over')
})
