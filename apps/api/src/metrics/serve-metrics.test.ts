import { afterEach, expect, test } from 'vitest'
import { buildApp } from '../app.ts'
import { releaseDue } from '../features/releases/release-due.ts'
import type { Deps } from '../platform/deps.ts'
import { watchRound } from '../platform/work-watch.ts'
import { setClock } from '../test/clock.ts'
import { createReleaseScene, scheduleRelease } from '../test/release-scene.ts'
import { addAccount, deliverAs } from '../test/rollout-scene.ts'
import { createTestApp } from '../test/test-app.ts'
import { serveMetrics } from './serve-metrics.ts'

const world = await createTestApp()
const { db, deps } = world
const open: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

async function serve(of: Deps = deps) {
  const served = await serveMetrics(of, { host: '127.0.0.1', port: 0 })
  open.push(served.close)
  const read = async () => (await fetch(`http://127.0.0.1:${served.port}/metrics`)).text()
  return { ...served, read, numbers: async () => numbersOf(await read()) }
}

/** Every sample by its name and labels, as they are written. */
const numbersOf = (text: string) =>
  Object.fromEntries(
    text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
  )

const lateness = (le: string) => `packline_release_lateness_seconds_bucket{le="${le}",timing="DATED"}`

test('a release that goes out late is measured by how late it is', async () => {
  const metrics = await serve()
  await scheduleRelease(await createReleaseScene(world))
  expect(await metrics.numbers()).toMatchObject({ [lateness('+Inf')]: 0 })

  // Midnight in Berlin was at 23:00.
  await setClock(db, '2027-03-01T00:30:00Z')
  await releaseDue(deps)
  expect(await metrics.numbers()).toMatchObject({
    [lateness('3600')]: 0,
    [lateness('7200')]: 1,
    [lateness('+Inf')]: 1,
  })
})

test('what is due and not out yet is counted, with how long it waits, until it has gone out', async () => {
  const id = await scheduleRelease(await createReleaseScene(world))
  expect(await (await serve()).numbers()).toMatchObject({
    packline_releases_due: 0,
    packline_oldest_due_release_seconds: 0,
  })
  await setClock(db, '2027-02-28T23:10:00Z')
  const due = await (await serve()).numbers()
  expect(due).toMatchObject({ packline_releases_due: 1, packline_releases_failed: 0 })
  expect(due.packline_oldest_due_release_seconds).toBeGreaterThanOrEqual(600)
  expect(due.packline_oldest_due_release_seconds).toBeLessThan(660)

  await db.release.update({ where: { id }, data: { status: 'ERROR' } })
  expect(await (await serve()).numbers()).toMatchObject({
    packline_releases_due: 0,
    packline_releases_failed: 1,
  })
  await db.release.update({ where: { id }, data: { status: 'CANCELLED' } })
})

test('every other queue says how much waits in it', async () => {
  const { pack } = await createReleaseScene(world)
  const before = await (await serve()).numbers()
  const at = new Date()
  await db.event.create({ data: { key: 'told later', type: 'test', at, accountId: pack.accountId } })
  const words = { subject: 'a', text: 'a', html: 'a' }
  await db.mail.create({ data: { key: 'sent later', toAddress: 'a@example.test', giveUpAt: at, ...words } })
  await db.sharingCatchUp.create({ data: { packId: pack.id, nextTryAt: at, requestedAt: at } })
  const webhook = {
    accountId: pack.accountId,
    url: 'https://hooks.example.test',
    secret: 'hush',
    events: ['release.released'],
  }
  const { id: webhookId } = await db.webhook.create({ data: webhook })
  await db.webhookDelivery.create({ data: { webhookId, eventKey: 'a', type: 'test', body: '{}' } })
  await db.auditEntry.create({
    data: {
      accountId: pack.accountId,
      at,
      actorKind: 'SCHEDULER',
      actorName: 'Scheduler',
      source: 'INTERNAL',
      action: 'test',
      objectType: 'pack',
      objectId: pack.id,
    },
  })
  const after = await (await serve()).numbers()
  for (const name of [
    'packline_events_waiting',
    'packline_mails_waiting',
    'packline_sharing_catch_ups',
    'packline_webhook_deliveries_waiting',
    'packline_audit_entries_unsealed',
  ])
    expect(after[name], name).toBe((before[name] ?? Number.NaN) + 1)
})

test('deliveries to Atoms are told by state', async () => {
  const scene = await createReleaseScene(world)
  const { places } = await addAccount(world, scene, [{ nodes: 3 }])
  const environmentId = places[0]?.id ?? ''
  await deliverAs(world, { environmentId, releaseId: scene.first.id }, ['ACTIVE', 'FAILED', 'FAILED'])
  expect(await (await serve()).numbers()).toMatchObject({
    'packline_deliveries{state="ACTIVE"}': 1,
    'packline_deliveries{state="FAILED"}': 2,
    'packline_deliveries{state="WAITING"}': 0,
  })
})

test('requests are measured by route, not by address, and refused ones too', async () => {
  const metrics = await serve()
  const app = await buildApp(deps, [metrics.watchRequests])
  open.push(() => app.close())
  await app.inject('/healthz')
  await app.inject('/api/v1/integration-packs/0198c000-0000-7000-8000-000000000001')
  await app.inject('/nowhere.png')
  const text = await metrics.read()
  const route = '/api/v1/integration-packs/:packId'
  const numbers = numbersOf(text)
  const countOf = (path: string, status: string) =>
    numbers[`packline_http_request_seconds_count{method="GET",route="${path}",status="${status}"}`]
  expect(countOf('/healthz', '2xx')).toBe(1)
  expect(countOf(route, '4xx')).toBe(1)
  expect(text).not.toContain('0198c000')
  expect(text).not.toContain('nowhere')
})

test('rounds of jobs are measured, and those that fail are counted', async () => {
  const metrics = await serve()
  await watchRound('mails', () => Promise.resolve(1))
  await expect(watchRound('mails', () => Promise.reject(new Error('away')))).rejects.toThrow('away')
  expect(await metrics.numbers()).toMatchObject({
    'packline_job_round_seconds_count{job="mails"}': 2,
    'packline_job_round_failures_total{job="mails"}': 1,
  })
})

test('a pool says how much of it is in use and who waits', async () => {
  const metrics = await serve()
  // The pool of jobs has two connections in tests; the third transaction waits.
  const { promise: enough, resolve: letGo } = Promise.withResolvers<void>()
  const holders = [1, 2, 3].map(() => deps.jobDb.$transaction(() => enough))
  await expect
    .poll(async () => (await metrics.numbers())['packline_pool_waiting{pool="job"}'])
    .toBeGreaterThanOrEqual(1)
  expect(await metrics.numbers()).toMatchObject({
    'packline_pool_busy{pool="job"}': 2,
    'packline_pool_limit{pool="job"}': 2,
    'packline_pool_limit{pool="requests"}': 10,
  })
  letGo()
  await Promise.all(holders)
})

test('without the database the process goes on telling of itself', async () => {
  const away = { ...deps, databaseUrl: 'postgresql://nobody@127.0.0.1:1/nothing' }
  const numbers = await (await serve(away)).numbers()
  expect(numbers).toMatchObject({ packline_database_up: 0 })
  expect(numbers).not.toHaveProperty('packline_releases_due')
  expect(numbers.process_resident_memory_bytes).toBeGreaterThan(1_000_000)
  expect(numbers).toHaveProperty('nodejs_eventloop_lag_p99_seconds')
})

test('nothing but the measurements is served there, and no measurement by the console', async () => {
  const { port } = await serve()
  expect((await fetch(`http://127.0.0.1:${port}/api/v1/session`)).status).toBe(404)
  const atConsole = await world.app.inject('/metrics')
  expect(atConsole.body).not.toContain('packline_')
})
