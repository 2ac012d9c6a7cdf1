import type pg from 'pg'

import type { Copy } from './bench-database.ts'
import { type Bench, type BenchContext, figures, pairs, percentile, row } from './frame.ts'
import { steadyRequests } from './http-load.ts'
import { measureMidnight, setClockBeforeMidnight } from './midnight.ts'
import { releaseByHand } from './raw-release.ts'
import { idOf, manyPacks, midnight, publisher } from './scenes.ts'
import { startServer, type ServerProcess } from './server-process.ts'
import { signIn } from './sign-in.ts'

export const midnightScene = 'many_packs'

/** Far fewer when it is only tried out. */
export async function makeMidnight({ isQuick, server }: BenchContext) {
  const packs = isQuick ? 500 : 100_000
  await server.makeScene(midnightScene, manyPacks({ packs }))
  return {
    packs,
    what: `${figures.format(packs)} packs with ${figures.format(packs * 10)} attachments`,
  }
}

/** P2: a hundred thousand packs due at one instant, two instances beside one transaction by hand. */
export const benchMidnight: Bench = async (context) => {
  const { packs, what } = await makeMidnight(context)
  const { server } = context
  const { ratio, spread, product } = await pairs(context.isQuick ? 1 : 2, 's', {
    raw: () => server.onCopy(midnightScene, ({ client }) => releaseByHand(client)),
    product: () =>
      server.onCopy(midnightScene, (copy) => withInstances(copy, () => measureMidnight(copy.client))),
  })
  const limit = { kind: 'at most', must: 1.5, aim: 0.8, unit: ' ×', detail: spread } as const
  return [
    row('P2', `midnight: ${what}, two instances ÷ one transaction by hand`, ratio, limit),
    row('P2', 'the same, in seconds', product, {
      kind: 'at most',
      must: 60,
      aim: 60,
      unit: ' s',
      digits: 1,
      detail: `${((packs * 10) / product).toFixed(0)} attachments/s`,
    }),
  ]
}

async function withInstances<Result>(
  { url, client }: Copy,
  work: (instances: readonly ServerProcess[]) => Promise<Result>,
): Promise<Result> {
  await setClockBeforeMidnight(client, 3_600)
  const instances = await Promise.all([startServer(url), startServer(url)])
  try {
    return await work(instances)
  } finally {
    await Promise.all(instances.map((instance) => instance.stop()))
  }
}

/** P6: requests of the console beside that midnight and beside nothing. */
export const benchConsole: Bench = async (context) => {
  await makeMidnight(context)
  return context.server.onCopy(midnightScene, async (copy) => {
    await fillPage(copy.client)
    const cookies = await signIn(copy.client, publisher, 2_000)
    return withInstances(copy, async ([first]) => {
      const target = { url: first?.url ?? '', path: '/api/v1/punctuality/releases', cookies }
      const rate = 500
      await steadyRequests(target, rate, afterSeconds(3))
      const idle = percentile(await steadyRequests(target, rate, afterSeconds(context.isQuick ? 3 : 8)), 0.99)
      let isOver = false
      const released = measureMidnight(copy.client).finally(() => {
        isOver = true
      })
      const busy = percentile(await steadyRequests(target, rate, () => isOver), 0.99)
      await released
      console.log(`    p99 ${idle.toFixed(1)} ms idle, ${busy.toFixed(1)} ms at midnight`)
      return [
        row('P6', `console p99 at ${rate} requests/s during P2 ÷ idle`, busy / idle, {
          kind: 'at most',
          must: 3,
          aim: 2,
          unit: ' ×',
        }),
        row('P6', 'the same, in milliseconds', busy, {
          kind: 'at most',
          must: 150,
          aim: 60,
          unit: ' ms',
          digits: 0,
          detail: `idle ${idle.toFixed(0)} ms`,
        }),
      ]
    })
  })
}

/** Releases of the day before, so that the page that is asked for is as long before the midnight as at it. */
const fillPage = (client: pg.Client) =>
  client.query(`
    update "Release" set "dueAt" = '${midnight}'::timestamptz - interval '1 day', "windowEndsAt" = '${midnight}',
      "startedAt" = '${midnight}', "finishedAt" = '${midnight}'
    where id in (select ${idOf('current', 'n')} from generate_series(1, 100) n)`)

function afterSeconds(seconds: number) {
  const end = performance.now() + seconds * 1_000
  return () => performance.now() > end
}
