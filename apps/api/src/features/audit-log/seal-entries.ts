import type { Database } from '@packline/database/client.ts'
import { sealWaiting } from './audit-seals.store.ts'

/** Entries that one transaction seals: some 600 ms of work beside a million that wait. */
const sealedAtOnce = 20_000

export type SealOutcome = { kind: 'sealed'; entries: number; isMoreLeft: boolean } | { kind: 'elsewhere' }

/** Seals a batch of what waits. Any instance may ask at any time; one of them does it. */
export async function sealEntries(db: Database, limit = sealedAtOnce): Promise<SealOutcome> {
  const entries = await db.$transaction((tx) => sealWaiting(tx, limit))
  return entries === undefined
    ? { kind: 'elsewhere' }
    : { kind: 'sealed', entries, isMoreLeft: entries === limit }
}
