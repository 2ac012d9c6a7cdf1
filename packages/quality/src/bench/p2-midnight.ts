import type pg from 'pg'

import type { Copy } from './bench-database.ts'
import {
  type Bench,
  type BenchContext,
  currentLoad,
  figures,
  median,
  pairs,
  percentile,
  row,
  spreadOf,
} from './frame.ts'
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

/** P6: requests of the console beside that midnight and beside nothing, on a copy of the scene each time. */
export const benchConsole: Bench = async (context) => {
  const { isQuick, server } = context
  await makeMidnight(context)
  const measured: { idle: number; busy: number }[] = []
  for (let round = 0; round < (isQuick ? 1 : 3); round += 1) {
    const pair = await server.onCopy(midnightScene, (copy) => askAtMidnight(copy, isQuick))
    measured.push(pair)
    console.log(
      `    p99 ${pair.idle.toFixed(1)} ms idle, ${pair.busy.toFixed(1)} ms at midnight (load ${currentLoad()})`,
    )
  }
  const ratios = measured.map(({ idle, busy }) => busy / idle)
  return [
    row('P6', `console p99 at ${consoleRate} requests/s during P2 ÷ idle`, median(ratios), {
      kind: 'at most',
      must: 3,
      aim: 2,
      unit: ' ×',
      detail: spreadOf(ratios),
    }),
    row('P6', 'the same, in milliseconds', median(measured.map(({ busy }) => busy)), {
      kind: 'at most',
      must: 150,
      aim: 60,
      unit: ' ms',
      digits: 0,
      detail: `idle ${median(measured.map(({ idle }) => idle)).toFixed(0)} ms`,
    }),
  ]
}

/** In milliseconds, what 99 of 100 answers take at most before the midnight, and until it is over. */
async function askAtMidnight(copy: Copy, isQuick: boolean): Promise<{ idle: number; busy: number }> {
  await fillPage(copy.client)
  const cookies = await signIn(copy.client, publisher, 2_000)
  return withInstances(copy, async ([first]) => {
    const target = { url: first?.url ?? '', path: '/api/v1/punctuality/releases', cookies }
    await steadyRequests(target, consoleRate, afterSeconds(3))
    const idle = await steadyRequests(target, consoleRate, afterSeconds(isQuick ? 3 : 8))
    let isOver = false
    const released = measureMidnight(copy.client).finally(() => {
      isOver = true
    })
    const busy = await steadyRequests(target, consoleRate, () => isOver)
    await released
    return { idle: percentile(idle, 0.99), busy: percentile(busy, 0.99) }
  })
}

/** Requests a second. */
const consoleRate = 500

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
