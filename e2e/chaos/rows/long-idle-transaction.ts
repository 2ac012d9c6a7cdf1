import { midnightOf } from '../product/midnight.ts'
import { countUnfinished, untilAllIsOut } from '../product/rest.ts'
import { createScene, dateIn, schedule } from '../product/scene.ts'
import { until } from '../product/until.ts'
import type { Row } from '../row.ts'

export const longIdleTransaction: Row = {
  name: 'long-idle-transaction',
  fault:
    'a third party leaves a transaction open over the release window, and another one that has locked a pack',
  holds: 'all other packs go out while both are open; the locked one as soon as it is free',
  place: 'shared',
  async run(context) {
    const { stage, did } = context
    const scene = await createScene(context)
    const [locked] = scene.packs
    const date = await dateIn(stage, 1)
    const ids = []
    for (const pack of scene.packs) ids.push((await schedule(scene, pack, date)).id)

    const reader = await stage.sql.connect()
    const holder = await stage.sql.connect()
    const waiting = `select count(*)::int as count from "Release" where id = any($1) and status = 'SCHEDULED'`
    try {
      await reader.query('begin isolation level repeatable read')
      await reader.query(waiting, [ids])
      await holder.query('begin')
      await holder.query('select from "IntegrationPack" where id = $1 for update', [locked?.id])
      await stage.clock.set(midnightOf(date))
      await until(async () => (await countUnfinished(stage)) === 1, 'all but the locked pack go out')
      did('all packs but the locked one went out while both transactions were open')

      await holder.query('rollback')
      await untilAllIsOut(stage)
      const { rows } = await reader.query<{ count: number }>(waiting, [ids])
      if (rows[0]?.count !== ids.length) throw new Error('The open transaction was not open all the time')
      did('the locked one went out when it was free')
    } finally {
      reader.release(true)
      holder.release(true)
    }
  },
}
