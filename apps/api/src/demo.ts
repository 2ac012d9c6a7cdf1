import { seedDemo } from '@packline/database/demo/seed-demo.ts'
import { businessNow } from './platform/clock.ts'
import type { Deps } from './platform/deps.ts'
import { hashPassword } from './platform/password-hash.ts'
import { zoneDataInUse } from './platform/zone-data.ts'

/** Fills an empty database with the demo; one that has accounts already is left as it is. */
export async function prepareDemo({ jobDb }: Deps): Promise<void> {
  await seedDemo(jobDb, { hashPassword, now: await businessNow(jobDb), zoneDataVersion: zoneDataInUse })
}
