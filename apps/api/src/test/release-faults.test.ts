import { setTimeout as wait } from 'node:timers/promises'
import { migrateDatabase } from '@packline/database/migrate.ts'
import { expect, test } from 'vitest'
import { setClock } from './clock.ts'
import { findViolations } from './invariants.ts'
import { createAccount } from './people.ts'
import { startOwnPostgres, startPackline } from './processes.ts'
import { addCustomer, createReleaseScene, type ReleaseScene, scheduleRelease } from './release-scene.ts'
import { createTestApp } from './test-app.ts'

const postgres = await startOwnPostgres()
await migrateDatabase(postgres.url)
const app = await createTestApp({ databaseUrl: postgres.url })
const { db } = app
const environment = { DATABASE_URL: postgres.url, DEMO: 'false' }

/** Installs the scene's pack that many times in one account, each attached once. */
async function addManyInstallations({ pack, first }: ReleaseScene, count: number) {
  const accountId = await createAccount(app, { primaryAccountId: pack.accountId })
  await db.accountGroup.create({
    data: {
      primaryAccountId: pack.accountId,
      name: accountId,
      accounts: { create: { accountId } },
      packs: { create: { packId: pack.id } },
    },
  })
  await db.$executeRaw`
    with environment as (
      insert into "Environment" (id, "accountId", name, classification)
      select gen_random_uuid(), ${accountId}, ${accountId} || ' ' || n, 'PRODUCTION' from generate_series(1, ${count}::int) n
      returning id, name),
    installation as (
      insert into "Installation" (id, "packId", "packType", "accountId", name, "lastDeliveredReleaseId", "installedAt")
      select gen_random_uuid(), ${pack.id}::uuid, 'MULTI', ${accountId}, name, ${first.id}::uuid, app_now() from environment
      returning id, name),
    wrapped as (
      insert into "InstalledProcess" ("installationId", "componentId")
      select i.id, item."componentId" from installation i
      join "ReleaseItem" item on item."releaseId" = ${first.id}::uuid)
    insert into "Attachment" (id, "installationId", "packId", "accountId", "environmentId", "releaseId", "versionNumber",
      "lastUpdatedAt", "attachedAt")
    select gen_random_uuid(), i.id, ${pack.id}::uuid, ${accountId}, e.id, ${first.id}::uuid, 1, app_now(), app_now()
    from installation i join environment e using (name)`
}

/** Three times what one transaction updates. */
const many = 6_000

/** A midnight with work for several transactions: one large pack and twenty small ones. */
async function createMidnight() {
  const large = await createReleaseScene(app, { type: 'MULTI' })
  await addManyInstallations(large, many)
  const scenes = [large]
  for (let index = 0; index < 20; index += 1) {
    const scene = await createReleaseScene(app)
    await addCustomer(app, scene, 3)
    scenes.push(scene)
  }
  const ids = []
  for (const scene of scenes) ids.push(await scheduleRelease(scene))
  await db.$executeRaw`analyze`
  await setClock(db, '2027-02-28T23:00:00Z')
  return ids
}

const countOpen = (ids: string[]) =>
  db.release.count({ where: { id: { in: ids }, status: { not: 'SUCCESS' } } })

/** Polls, also while the database is away. */
async function untilReleased(ids: string[], seconds: number) {
  const deadline = performance.now() + seconds * 1_000
  while (performance.now() < deadline) {
    if ((await countOpen(ids).catch(() => 1)) === 0) return
    await wait(50)
  }
  throw new Error('The releases did not all go out')
}

test('three instances, killed again and again in the middle of the fan-out: everything once, nothing lost', async () => {
  const ids = await createMidnight()
  const start = () => startPackline(environment)
  const instances = [start(), start(), start()]
  await Promise.race(instances.map(({ ready }) => ready))
  let kills = 0
  const storm = (async () => {
    for (; (await countOpen(ids)) > 0 && kills < 12; kills += 1) {
      await wait(150)
      instances[kills % 3]?.child.kill('SIGKILL')
      instances[kills % 3] = start()
    }
  })()
  await untilReleased(ids, 60)
  await storm

  expect(kills).toBeGreaterThan(2)
  expect(await findViolations(db)).toEqual([])
  expect(await db.releaseTarget.count({ where: { releaseId: { in: ids } } })).toBe(many + 60)
  for (const { child } of instances) child.kill('SIGKILL')
}, 90_000)

test('killed during a statement that goes on for long, an instance gives its release up within a second', async () => {
  const scene = await createReleaseScene(app)
  await addCustomer(app, scene, 1)
  const id = await scheduleRelease(scene)
  await db.$executeRaw`
    create function take_long() returns trigger language plpgsql as $$ begin perform pg_sleep(20); return new; end $$`
  await db.$executeRaw`create trigger take_long before insert on "ReleaseTarget" execute function take_long()`
  await setClock(db, '2027-02-28T23:00:00Z')
  const sessionsAtIt = async () =>
    (await db.$queryRaw<unknown[]>`select from pg_stat_activity where wait_event = 'PgSleep'`).length
  const instance = startPackline(environment)
  await expect.poll(sessionsAtIt, { timeout: 15_000 }).toBe(1)

  instance.child.kill('SIGKILL')
  await expect.poll(sessionsAtIt, { timeout: 1_000, interval: 20 }).toBe(0)

  await db.$executeRaw`drop trigger take_long on "ReleaseTarget"`
  const next = startPackline(environment)
  await untilReleased([id], 30)
  expect(await findViolations(db)).toEqual([])
  next.child.kill('SIGKILL')
}, 60_000)

test('PostgreSQL crashes and restarts in the middle: the instance goes on by itself', async () => {
  const ids = await createMidnight()
  const instance = startPackline(environment)
  await instance.ready
  for (const mode of ['immediate', 'fast'] as const) {
    await wait(300)
    await postgres.restart(mode)
  }
  await untilReleased(ids, 60)

  expect(instance.child.exitCode).toBeNull()
  expect(await findViolations(db)).toEqual([])
  expect(await db.releaseTarget.count({ where: { releaseId: { in: ids } } })).toBe(many + 60)
  instance.child.kill('SIGKILL')
}, 90_000)

test('told to stop in the middle, an instance finishes its chunk and ends; the next one finishes the release', async () => {
  const ids = await createMidnight()
  const instance = startPackline(environment)
  await instance.ready
  instance.child.kill('SIGTERM')
  const asked = performance.now()
  expect(await instance.exited, instance.output.text).toMatchObject({ code: 0 })
  expect(performance.now() - asked).toBeLessThan(10_000)

  const next = startPackline(environment)
  await untilReleased(ids, 60)
  expect(await findViolations(db)).toEqual([])
  next.child.kill('SIGKILL')
}, 90_000)

test('the checker of invariants finds what it is there to find', async () => {
  const attachment = await db.attachment.findFirstOrThrow({ where: { detachedAt: null } })
  await db.attachment.update({ where: { id: attachment.id }, data: { versionNumber: 99 } })
  expect(await findViolations(db)).toEqual([expect.stringContaining('the number of an attachment')])
  await db.attachment.update({
    where: { id: attachment.id },
    data: { versionNumber: attachment.versionNumber },
  })

  const target = await db.releaseTarget.findFirstOrThrow({ where: { attachmentId: attachment.id } })
  await db.releaseTarget.delete({
    where: { attachmentId_releaseId: { releaseId: target.releaseId, attachmentId: attachment.id } },
  })
  expect(await findViolations(db)).toEqual([expect.stringContaining('has its record')])
})
