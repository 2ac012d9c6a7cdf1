import { expect, test } from 'vitest'
import { createReleaseScene } from '../test/release-scene.ts'
import { addAccount, deliverAs } from '../test/rollout-scene.ts'
import { createTestApp } from '../test/test-app.ts'
import { countQueues, estimateDeliveries } from './queue-depths.ts'

const world = await createTestApp()
const { db } = world

const countOf = (counts: Awaited<ReturnType<typeof estimateDeliveries>>, wanted: string) =>
  counts.find(({ state }) => state === wanted)?.count

test('few deliveries are counted, of very many a sample is', async () => {
  const scene = await createReleaseScene(world)
  const { places } = await addAccount(world, scene, [{ nodes: 3 }])
  const environmentId = places[0]?.id ?? ''
  await deliverAs(world, { environmentId, releaseId: scene.first.id }, ['ACTIVE', 'FAILED', 'WAITING'])
  const few = await estimateDeliveries(db)
  expect(few).toEqual([
    { state: 'WAITING', count: 1 },
    { state: 'DOWNLOADING', count: 0 },
    { state: 'ACTIVE', count: 1 },
    { state: 'FAILED', count: 1 },
    { state: 'SUPERSEDED', count: 0 },
  ])

  const more = 20_000
  await db.$executeRaw`
    insert into "Delivery" ("attachmentId", "nodeId", "releaseId", "atomId", "accountId", state, "changedAt")
    select d."attachmentId", d."nodeId", gen_random_uuid(), d."atomId", d."accountId", 'SUPERSEDED', now()
    from (select * from "Delivery" limit 1) d, generate_series(1, ${more})`
  const sampled = countOf(await estimateDeliveries(db, 100), 'SUPERSEDED')
  // Of some 300 pages about 100 are read; what they come to is near enough, and not what a count would say.
  expect(sampled).toBeGreaterThan(more / 2)
  expect(sampled).toBeLessThan(more * 2)
  expect(countOf(await estimateDeliveries(db), 'SUPERSEDED')).toBe(more)
})

test('a transaction that somebody leaves open is seen by what has happened since', async () => {
  const since = 5
  const held = await db.$transaction(
    async (tx) => {
      await tx.$queryRaw`select count(*)::int from "Release"`
      for (let count = 0; count < since; count += 1) await db.$queryRaw`select pg_current_xact_id()::text`
      return (await countQueues(db)).heldTransactions
    },
    { isolationLevel: 'RepeatableRead' },
  )
  expect(held).toBeGreaterThanOrEqual(since)
})
