import { setTimeout as wait } from 'node:timers/promises'

import { type Bench, fact, figures, median, pairs, row } from './frame.ts'
import { measureMidnight, setClockBeforeMidnight } from './midnight.ts'
import { releaseByHand } from './raw-release.ts'
import { onePack } from './scenes.ts'
import { type ServerProcess, startServer } from './server-process.ts'

/** P1 and P11: one pack to a million attachments beside one statement by hand, and the server's memory meanwhile. */
export const benchFanOut: Bench = async ({ isQuick, server }) => {
  const installations = isQuick ? 50_000 : 1_000_000
  const scene = 'one_pack'
  await server.makeScene(scene, onePack({ accounts: installations / 1_000, installations }))
  const memory: number[][] = []
  const { ratio, spread, product } = await pairs(3, 'attachments/s', {
    raw: () => server.onCopy(scene, async ({ client }) => installations / (await releaseByHand(client))),
    product: () =>
      server.onCopy(scene, async ({ url, client }) => {
        await setClockBeforeMidnight(client, 3_600)
        const packline = await startServer(url)
        const samples: number[] = []
        memory.push(samples)
        const watching = sampleMemory(packline, samples)
        const seconds = await measureMidnight(client)
        watching.stop()
        await packline.stop()
        return installations / seconds
      }),
  })
  const peak = Math.max(...memory.flat())
  return [
    row(
      'P1',
      `fan-out of one pack to ${figures.format(installations)} attachments ÷ one statement by hand`,
      ratio * 100,
      {
        kind: 'at least',
        must: 70,
        aim: 95,
        unit: ' %',
        digits: 0,
        detail: `${spread}, ${product.toFixed(0)} attachments/s`,
      },
    ),
    row('P11', 'server memory during P1', peak, {
      kind: 'at most',
      must: 250,
      aim: 250,
      unit: ' MB',
      digits: 0,
    }),
    fact(
      'P11',
      'and it does not grow from its second quarter to its last',
      growthOf(memory) <= 25,
      `${growthOf(memory).toFixed(0)} MB`,
    ),
  ]
}

function sampleMemory(server: ServerProcess, samples: number[]) {
  let isOver = false
  void (async () => {
    while (!isOver) {
      samples.push((await server.memory()).now)
      await wait(100)
    }
  })()
  return {
    stop: () => {
      isOver = true
    },
  }
}

/** Of the medians of the last and the second quarter; the first one warms up. */
function growthOf(runs: readonly (readonly number[])[]): number {
  return median(
    runs.map((samples) => {
      const quarter = Math.floor(samples.length / 4)
      return median(samples.slice(-quarter)) - median(samples.slice(quarter, 2 * quarter))
    }),
  )
}
