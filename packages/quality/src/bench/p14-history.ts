import pg from 'pg'

import { captureTimes } from './captured-statements.ts'
import { type Bench, figures, percentile, row } from './frame.ts'
import { measureMidnight, setClockBeforeMidnight } from './midnight.ts'
import { idOf, manyPacks, publisher } from './scenes.ts'
import { startServer } from './server-process.ts'

const packs = 1_000

/**
 * P14: claiming what is due while ten million releases of the past lie in the same table, or a hundred thousand; and while
 * somebody's transaction, open since before a midnight, keeps what that midnight left behind from being tidied up.
 */
export const benchHistory: Bench = async ({ isQuick, server }) => {
  const sizes = isQuick ? [20_000, 200_000] : [100_000, 10_000_000]
  const claim = await claimStatement(server)
  for (const size of sizes) await server.makeScene(`history_${size}`, withHistory(size))
  const millis = new Map<number, number[]>(sizes.map((size) => [size, []]))
  for (let round = 0; round < 10; round += 1)
    for (const size of sizes)
      await server.onScene(`history_${size}`, async ({ client }) => {
        await setClockBeforeMidnight(client, -60)
        millis.get(size)?.push(...(await timesOf(client, claim)))
      })
  const [few, many] = sizes.map((size) => percentile(millis.get(size) ?? [], 0.99))
  if (few === undefined || many === undefined) throw new Error('Two sizes are compared')
  console.log(`    p99 ${few.toFixed(2)} ms and ${many.toFixed(2)} ms`)
  const [small, large] = sizes.map((size) => figures.format(size))
  const midnight = isQuick ? 500 : 10_000
  const beside = percentile(await besideOpenTransaction(server, claim, midnight), 0.99)
  return [
    row('P14', `claim p99 with ${large} releases of the past ÷ with ${small}`, many / few, {
      kind: 'at most',
      must: 2,
      aim: 2,
      unit: ' ×',
      detail: `${many.toFixed(1)} ms`,
    }),
    row(
      'P14',
      `claim p99 beside a transaction open since before a midnight of ${figures.format(midnight)} packs`,
      beside,
      {
        kind: 'at most',
        must: 50,
        aim: 50,
        unit: ' ms',
        digits: 1,
      },
    ),
  ]
}

/** Of claims after a midnight of so many packs that another session does not see yet. */
async function besideOpenTransaction(server: Server, claim: string, count: number): Promise<number[]> {
  const scene = 'left_open'
  await server.makeScene(scene, manyPacks({ packs: count }))
  return server.onCopy(scene, async (copy) => {
    const reader = new pg.Client({ connectionString: copy.url })
    await reader.connect()
    try {
      await reader.query('begin isolation level repeatable read')
      await reader.query('select 1')
      await setClockBeforeMidnight(copy.client, 3_600)
      const packline = await startServer(copy.url)
      await measureMidnight(copy.client)
      await packline.stop()
      // Some are due once more, behind everything that is out.
      await copy.client.query(`
        update "Release" set status = 'SCHEDULED', "nextTryAt" = "nextTryAt" + interval '1 minute', "startedAt" = null,
          "finishedAt" = null
        where id in (select id from "Release" where sequence = 2 limit 20)`)
      await setClockBeforeMidnight(copy.client, -120)
      return await timesOf(copy.client, claim)
    } finally {
      await reader.end()
    }
  })
}

type Server = Parameters<Bench>[0]['server']

/** The product's own, as it was sent. */
async function claimStatement(server: Server): Promise<string> {
  await server.makeScene('thousand_packs', manyPacks({ packs }))
  return server.onCopy('thousand_packs', async (copy) => {
    await setClockBeforeMidnight(copy.client, 3_600)
    const packline = await startServer(copy.url)
    const statements = await captureTimes(copy, () => measureMidnight(copy.client))
    await packline.stop()
    const found = statements.find(({ text }) => text.includes('for update of r, k skip locked'))
    if (!found) throw new Error('The product did not claim anything')
    return found.text
  })
}

const withHistory = (size: number) => async (client: pg.Client) => {
  await manyPacks({ packs })(client)
  const [pack, sequence] = [`((n - 1) % ${packs} + 1)`, `(n - 1) / ${packs} + 3`]
  await client.query(`
    insert into "Release" (id, "packId", sequence, "requestId", status, timing, "dueAt", "windowEndsAt", "nextTryAt",
      "startedAt", "finishedAt", "publisherId", "scheduledByName", "createdAt", "changedAt")
    select ${idOf('history', 'n')}, ${idOf('pack', pack)}, ${sequence}, ${idOf('history', 'n')}, 'SUCCESS', 'IMMEDIATE',
      at, at, at, at, at, '${publisher}', 'Bench', at, at
    from generate_series(1, ${size}) n, (select timestamptz '2026-01-01' as at) long_ago`)
}

/** In milliseconds; each gives back what it has claimed. */
async function timesOf(client: pg.Client, text: string): Promise<number[]> {
  const millis: number[] = []
  for (let call = 0; call < 30; call += 1) {
    await client.query('begin')
    const started = performance.now()
    await client.query({ text, values: [20] })
    // The first ones of a connection plan, and read what others have read long ago.
    if (call >= 5) millis.push(performance.now() - started)
    await client.query('rollback')
  }
  return millis
}
