import { setTimeout as wait } from 'node:timers/promises'
import { connectDatabase } from '@packline/database/client.ts'
import { releaseDue } from '../features/releases/release-due.ts'
import type { Deps } from '../platform/deps.ts'

// The release job alone in a process that starts in no time, for measurements that kill it again and again.
const jobDb = connectDatabase({
  url: process.env['DATABASE_URL'] ?? '',
  connections: 2,
  name: 'job',
  statementTimeoutSeconds: 30,
  actsFor: 'system',
})
// Sending releases out uses nothing else.
const deps = { jobDb } as Deps
process.stdout.write('ready\n')
for (;;) {
  // As the job does: what failed is left to the next round.
  await releaseDue(deps).catch(() => undefined)
  await wait(100)
}
