import type { Tx } from '@packline/database/client.ts'
import { sealEntries } from '../features/audit-log/seal-entries.ts'
import { audit } from '../platform/audit.ts'
import { createTestApp } from './test-app.ts'

const now = Temporal.Instant.from('2026-11-20T08:00:00Z')
const actor = {
  userId: '00000000-0000-4000-8000-000000000001',
  name: 'Ada',
  source: 'UI' as const,
  requestId: 'request',
}
/** An act of this account, at some minute. */
export const act = (db: Tx, accountId: string, minute = 0) =>
  audit(db, { ...actor, accountId }, now.add({ minutes: minute }), {
    action: 'as.component UPDATE',
    objectType: 'component',
    objectId: `object ${minute}`,
    before: { name: 'Orders', size: 1.5 },
    after: { name: 'Ördérs "2"', size: null },
  })

/** A log of two accounts in five seals; three entries wait. */
export async function sealedLog() {
  const { db } = await createTestApp()
  for (const round of [0, 1, 2]) {
    for (const account of ['orchard', 'bluebird']) {
      for (const minute of [1, 2, 3]) await act(db, account, round * 10 + minute)
    }
    if (round < 2) await sealEntries(db)
  }
  await sealEntries(db, 3)
  return db
}
