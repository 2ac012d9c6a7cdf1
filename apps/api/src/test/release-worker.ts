import { flushCompileCache } from 'node:module'
import { setTimeout as wait } from 'node:timers/promises'
import { connectDatabase } from '@packline/database/client.ts'
import { batchSize, releaseDue } from '../features/releases/release-due.ts'
import type { Deps } from '../platform/deps.ts'
import { createPace } from '../platform/pace.ts'

// The release job alone in a process that starts in no time, for measurements that kill it again and again.
const jobDb = connectDatabase({
  url: process.env['DATABASE_URL'] ?? '',
  connections: 2,
  name: 'job',
  statementTimeoutSeconds: 30,
  writesSql: true,
  actsFor: 'system',
})
// Sending releases out uses nothing else.
const deps = { jobDb } as Deps
const pace = createPace()
process.stdout.write('ready\n')
for (;;) {
  // As the job does: what failed is left to the next round.
  await releaseDue(deps, batchSize, { pace }).catch(() => undefined)
  // Node keeps what it compiled at the end of a process, which one that is killed never reaches.
  flushCompileCache()
  process.stdout.write('looked\n')
  await wait(100)
}
