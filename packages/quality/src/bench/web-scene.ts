import type pg from 'pg'

import { releasedPack } from './rollout-scene.ts'
import { components, createPacks, idOf, publisher, uuidOf } from './scenes.ts'

const wide = 1_000

/** What makes screens long: 1,000 packs, the first with a rollout of 100,000 rows, the last with 100 components. */
export async function makeLongScreens(client: pg.Client) {
  await releasedPack({ accounts: 1_000, installations: 100_000 })(client)
  await createPacks(client, { from: 2, packs: wide - 2, type: 'SINGLE' })
  await client.query(`
    insert into "IntegrationPack" (id, "accountId", name, type)
      values ('${uuidOf('pack', wide)}', '${publisher}', 'Pack ${wide}', 'SINGLE');
    insert into "PackItem" ("packId", "publisherId", "componentId")
      select '${uuidOf('pack', wide)}', '${publisher}', ${idOf('component', 'n')} from generate_series(1, ${components}) n`)
}

const packPath = (n: number) => `/integration-packs/${uuidOf('pack', n)}`

/** Where the long ones are. */
export const longPaths = {
  pack: packPath(2),
  wizard: `${packPath(wide)}/release`,
  rollout: `${packPath(1)}/releases/${uuidOf('next', 1)}/rollout`,
}
