import { setTimeout as wait } from 'node:timers/promises'
import { actRandomly } from '../actions/act-randomly.ts'
import { createScene } from '../product/scene.ts'
import type { Row } from '../row.ts'

export const malformedInput: Row = {
  name: 'malformed-input',
  fault: 'what no screen sends, while connections to the database are ended',
  holds: 'refused in a sentence, or 503; nothing hangs, nothing is let through, nothing shows what is inside',
  place: 'shared',
  async run(context) {
    const { stage, size, did } = context
    const scene = await createScene(context, { packs: 2, consumers: 1 })
    const acting = actRandomly(context, scene, { kinds: ['malformed'], workers: 6, pauseMillis: 0 })
    for (let fault = 0; fault < size.faults * 3; fault += 1) {
      await wait(200)
      await stage.sql.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and application_name = 'packline api'`,
      )
    }
    await acting.stop()
    did(`ended all connections for requests ${size.faults * 3} times`)
  },
}
