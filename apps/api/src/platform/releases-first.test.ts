import { expect, test } from 'vitest'
import { setClock } from '../test/clock.ts'
import { createReleaseScene, scheduleRelease } from '../test/release-scene.ts'
import { createTestApp } from '../test/test-app.ts'
import { letReleasesGoFirst } from './releases-first.ts'

const app = await createTestApp()
const { db } = app
const long = 60_000

/** Goes first, and counts how often it is asked whether it may wait: once before each look. */
function letGo(atMostMillis: number, looks = Infinity) {
  let asked = 0
  const over = letReleasesGoFirst(db, { atMostMillis, mayWait: () => asked++ < looks })
  return over.then(() => asked)
}

test('waits while a release is due, until it is out', async () => {
  const id = await scheduleRelease(await createReleaseScene(app))
  // Nothing is due before its time, however near.
  await setClock(db, '2027-02-28T22:59:00Z')
  expect(await letGo(long)).toBe(1)

  await setClock(db, '2027-02-28T23:00:00Z')
  // Ends because it may not wait, not because nothing is due.
  expect(await letGo(long, 3)).toBe(4)
  const waiting = letGo(long)
  await db.release.update({ where: { id }, data: { status: 'SUCCESS' } })
  await waiting
  expect(await letGo(long)).toBe(1)
})

test('waits no longer than it may', async () => {
  await scheduleRelease(await createReleaseScene(app))
  await setClock(db, '2027-02-28T23:00:00Z')
  expect(await letGo(0)).toBe(1)
  expect(await letGo(300)).toBeGreaterThan(1)
})
