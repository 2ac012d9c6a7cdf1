import { expect, test } from 'vitest'
import { setClock } from '../../test/clock.ts'
import { addCustomer, attachmentsOf, createReleaseScene, scheduleRelease } from '../../test/release-scene.ts'
import { createTestApp } from '../../test/test-app.ts'
import { releaseDue } from './release-due.ts'

const app = await createTestApp()
const { db, deps } = app

test('a server without room is held against no release: nothing is saved by half, and all go out with room', async () => {
  const scene = await createReleaseScene(app)
  const customer = await addCustomer(app, scene, 2)
  const id = await scheduleRelease(scene)
  await setClock(db, '2027-02-28T23:00:00Z')
  await db.$executeRaw`
    create function find_no_room() returns trigger language plpgsql as $$
    begin raise exception 'could not extend file' using errcode = '53100'; end $$`
  await db.$executeRaw`create trigger find_no_room before insert on "ReleaseTarget" execute function find_no_room()`

  await expect(releaseDue(deps)).rejects.toThrow('could not extend file')
  expect(await db.release.findUniqueOrThrow({ where: { id } })).toMatchObject({
    status: 'SCHEDULED',
    startedAt: null,
    attempts: 0,
    lastError: null,
  })

  await db.$executeRaw`drop trigger find_no_room on "ReleaseTarget"`
  expect(await releaseDue(deps)).toBe(1)
  expect(await attachmentsOf(app, customer.accountId)).toMatchObject([{ releaseId: id }, { releaseId: id }])
})
