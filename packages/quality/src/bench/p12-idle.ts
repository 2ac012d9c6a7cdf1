import { setTimeout as wait } from 'node:timers/promises'

import { captureTimes } from './captured-statements.ts'
import { type Bench, fact, percentile, row } from './frame.ts'
import { setClockBeforeMidnight } from './midnight.ts'
import { manyPacks } from './scenes.ts'
import { startServer } from './server-process.ts'

/** P12: what an instance with nothing to do asks of the database, while a thousand packs wait for their midnight. */
export const benchIdle: Bench = async ({ isQuick, server }) => {
  await server.makeScene('thousand_packs', manyPacks({ packs: 1_000 }))
  return server.onCopy('thousand_packs', async (copy) => {
    await setClockBeforeMidnight(copy.client, 30 * 24 * 3_600)
    const packline = await startServer(copy.url)
    // What is done once after a start is over.
    await wait(8_000)
    const seconds = isQuick ? 10 : 30
    const statements = await captureTimes(copy, () => wait(seconds * 1_000))
    await packline.stop()

    const polls = statements.filter(({ text }) => /from "(Release|SharingCatchUp)"/.test(text))
    const slow = percentile(
      polls.map(({ millis }) => millis),
      0.9,
    )
    const { rows } = await copy.client.query<{ 'QUERY PLAN': string }>(`explain
      select id from "Release" where status in ('SCHEDULED', 'IN_PROGRESS') and "nextTryAt" <= app_now()
      order by "nextTryAt", id limit 500`)
    const plan = rows.map((line) => line['QUERY PLAN']).join('\n')
    return [
      row('P12', 'idle instance: looks at the release queue', countRounds(polls) / seconds, {
        kind: 'at most',
        must: 1,
        aim: 1,
        unit: ' a second',
        detail: `${(statements.length / seconds).toFixed(1)} statements a second of all its jobs`,
      }),
      row('P12', 'each of their statements in the database, nine of ten', slow, {
        kind: 'at most',
        must: 1,
        aim: 1,
        unit: ' ms',
      }),
      fact(
        'P12',
        'by the partial index',
        plan.includes('Release_queue') && !/Sort|Seq Scan/.test(plan),
        'EXPLAIN',
      ),
    ]
  })
}

/** A round asks once whether any is to be reminded of, and whatever else besides. */
const countRounds = (polls: readonly { text: string }[]) =>
  polls.filter(({ text }) => text.includes('is distinct from "releaseOn"')).length
