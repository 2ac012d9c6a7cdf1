import { afterAll, expect, test } from 'vitest'
import { z } from 'zod'
import { setClock } from '../../test/clock.ts'
import { scopeOf } from '../../test/pack-data.ts'
import { createAccount } from '../../test/people.ts'
import { addCustomer, createReleaseScene, scheduleRelease } from '../../test/release-scene.ts'
import { createTestApp } from '../../test/test-app.ts'
import { watchStatements } from '../../test/watched-statements.ts'
import { neverStops } from '../../platform/stop-signal.ts'
import { letReleasesGoFirst } from '../../platform/releases-first.ts'
import { listPunctuality } from '../punctuality/punctuality.views.ts'
import { releaseDue } from './release-due.ts'
import { untilNextDue } from './release-queue.store.ts'
import { remindOfReleases } from './remind-of-releases.ts'

const app = await createTestApp()
const { db, deps } = app
const { watched, stop } = watchStatements()
afterAll(stop)

const scene = await createReleaseScene(app)
await addCustomer(app, scene, 3)
const releaseId = await scheduleRelease(scene)

/** Three thousand packs with a past that wait for another midnight, each installed and attached three times. */
async function createInstallBase() {
  const accountId = await createAccount(app)
  const environment = await db.environment.create({
    data: { accountId, name: 'Everywhere', classification: 'PRODUCTION' },
  })
  await db.$executeRaw`
    with pack as (
      insert into "IntegrationPack" (id, "accountId", name, type)
      select gen_random_uuid(), ${scene.accountId}, 'Pack ' || n, 'MULTI' from generate_series(1, 3000) n returning id),
    waiting as (
      insert into "Release" (id, "packId", sequence, "requestId", status, timing, "dueAt", "windowEndsAt",
        "scheduledByName", "createdAt", "changedAt", "nextTryAt", "releaseOn", "timeZone", "zoneDataVersion")
      select gen_random_uuid(), id, 1, gen_random_uuid(), 'SCHEDULED', 'DATED', at, at, 'x', at, at, at, at, 'UTC', 'z'
      from pack, (select timestamptz '2028-01-01' as at) midnight),
    past as (
      insert into "Release" (id, "packId", sequence, "requestId", status, timing, "dueAt", "windowEndsAt", "startedAt",
        "finishedAt", "scheduledByName", "createdAt", "changedAt", "nextTryAt", "releaseOn", "timeZone", "zoneDataVersion")
      select gen_random_uuid(), id, n, gen_random_uuid(), 'SUCCESS', 'DATED', at, at, at, at, 'x', at, at, at, at, 'UTC', 'z'
      from pack, generate_series(2, 21) n, (select timestamptz '2026-01-01' as at) midnight),
    installed as (
      insert into "Installation" (id, "packId", "packType", "accountId", name, "lastDeliveredReleaseId", "installedAt")
      select gen_random_uuid(), id, 'MULTI', ${accountId}, right(id::text, 12) || n, ${scene.first.id}::uuid, now()
      from pack, generate_series(1, 3) n returning id, "packId"),
    attached as (
      insert into "Attachment" (id, "installationId", "packId", "accountId", "environmentId", "releaseId", "versionNumber",
        "lastUpdatedAt", "attachedAt")
      select gen_random_uuid(), id, "packId", ${accountId}, ${environment.id}::uuid, ${scene.first.id}::uuid, 1, now(), now()
      from installed returning id)
    insert into "DeployedPackage" (id, "attachmentId", "accountId", "environmentId", "componentId", "packageId", "deployedAt")
    select gen_random_uuid(), a.id, ${accountId}, ${environment.id}::uuid, i."componentId", i."packageId", now()
    from attached a, "ReleaseItem" i where i."releaseId" = ${scene.first.id}::uuid`
  await db.$executeRaw`analyze`
}

/** Every statement that is sent while the work is done, with the plan that the database has for any values of it. */
async function plansOf(work: () => Promise<unknown>): Promise<{ text: string; plan: string }[]> {
  const texts = new Set<string>()
  watched.rewrite = (text) => {
    texts.add(text)
    return text
  }
  await work()
  watched.rewrite = (text) => text
  const readable = [...texts].filter((text) => /^\s*(select|with|update|insert)/i.test(text))
  const plans = []
  for (const text of readable) plans.push({ text, plan: await planOf(text) })
  return plans
}

async function planOf(text: string) {
  const rows = await db.$queryRawUnsafe(`explain (generic_plan) ${text}`)
  return z
    .array(z.object({ 'QUERY PLAN': z.string() }))
    .parse(rows)
    .map((row) => row['QUERY PLAN'])
    .join('\n')
}

const large = ['Installation', 'Attachment', 'DeployedPackage', 'Release']

test('a round reads the queue by its index without sorting, and a fan-out only what is its pack’s', async () => {
  await createInstallBase()
  await setClock(db, '2027-02-28T23:00:00Z')
  const plans = await plansOf(async () => {
    await releaseDue(deps)
    await untilNextDue(deps.jobDb)
    await letReleasesGoFirst(deps.jobDb, { atMostMillis: 60_000, stop: neverStops })
  })
  expect((await db.release.findUniqueOrThrow({ where: { id: releaseId } })).status).toBe('SUCCESS')

  const looks = plans.filter(
    ({ text }) => text.includes('order by "nextTryAt"') || text.includes('order by r."nextTryAt"'),
  )
  expect(looks).toHaveLength(3)
  for (const { plan } of looks) {
    expect(plan).toContain('"Release_queue"')
    expect(plan).not.toMatch(/Sort|Seq Scan on "Release"/)
  }
  const fanOut = plans.find(({ text }) => text.includes('with chunk as'))
  expect(fanOut?.plan).toContain('"Installation_base"')
  for (const { text, plan } of plans)
    for (const table of large) expect(plan, text).not.toContain(`Seq Scan on "${table}"`)
})

test('whether any is to be reminded of or overdue is read by an index without sorting', async () => {
  const looks = await plansOf(() => remindOfReleases(deps))
  const plans = looks.flatMap(({ text, plan }) => (text.includes('from "Release"') ? [plan] : []))
  expect(plans).toHaveLength(2)
  expect(plans[0]).toContain('"Release_to_remind"')
  expect(plans[1]).toContain('"Release_queue"')
  for (const plan of plans) expect(plan).not.toMatch(/Sort|Seq Scan/)
})

test('a page of the latest releases is read by its index, however many there are', async () => {
  const [list] = await plansOf(() => listPunctuality(db, scopeOf(scene.accountId), { pageSize: 20 }))
  expect(list?.plan).toContain('Scan Backward using "Release_punctuality"')
  expect(list?.plan).not.toMatch(/Sort|Seq Scan on "Release"/)
})

test('a plan that goes through a whole table is seen', async () => {
  expect(await planOf(`select id from "Attachment" where "versionNumber" = 1`)).toContain(
    'Seq Scan on "Attachment"',
  )
})
