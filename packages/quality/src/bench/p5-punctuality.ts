import { setTimeout as wait } from 'node:timers/promises'

import { numberOf } from './bench-database.ts'
import { type Bench, percentile, row } from './frame.ts'
import { setClockBeforeMidnight } from './midnight.ts'
import { idOf, manyPacks } from './scenes.ts'
import { startServer } from './server-process.ts'

/** P5: how long after its instant one pack's release is everywhere, in an instance that had nothing to do. */
export const benchPunctuality: Bench = async ({ isQuick, server }) => {
  await server.makeScene('thousand_packs', manyPacks({ packs: 1_000 }))
  return server.onCopy('thousand_packs', async ({ url, client }) => {
    await setClockBeforeMidnight(client, 30 * 24 * 3_600)
    const packline = await startServer(url)
    await wait(1_000)
    const late: number[] = []
    for (let pack = 1; pack <= (isQuick ? 10 : 40); pack += 1) {
      const release = idOf('next', String(pack))
      await client.query(`
        update "Release" set "dueAt" = app_now() + interval '1 second', "nextTryAt" = app_now() + interval '1 second'
        where id = ${release};
        notify packline_releases`)
      const due = performance.now() + 1_000
      while (
        (await numberOf(
          client,
          `select count(*) from "Release" where id = ${release} and status = 'SUCCESS'`,
        )) === 0
      )
        await wait(2)
      late.push(performance.now() - due)
    }
    await packline.stop()
    const detail = `p99 ${percentile(late, 0.99).toFixed(0)} ms`
    const limit = { kind: 'at most', must: 2_000, aim: 100, unit: ' ms', digits: 0, detail } as const
    return [row('P5', 'one pack: due → current everywhere, p50', percentile(late, 0.5), limit)]
  })
}
