import type { PunctualityRow } from '@packline/contract/punctuality.ts'
import type { Database } from '@packline/database/client.ts'
import type { AccountScope } from '../../platform/actor.ts'
import { csvLine, csvStart } from '../../platform/csv.ts'
import { listPunctuality } from './punctuality.views.ts'

const rowsAtOnce = 500

/** Every release of the last 90 days as CSV, some hundred rows at a time. */
export async function* exportPunctuality(
  db: Database,
  scope: AccountScope,
): AsyncGenerator<string, void, void> {
  let text = csvStart + csvLine(Object.keys(columns))
  let after: string | null | undefined
  while (after !== null) {
    const page = await listPunctuality(db, scope, { after, pageSize: rowsAtOnce })
    yield text + page.rows.map((row) => csvLine(Object.values(columns).map((cell) => cell(row)))).join('')
    text = ''
    after = page.next
  }
}

const columns: Record<string, (row: PunctualityRow) => string | number | null> = {
  'Integration pack': (row) => row.packName,
  Release: (row) => row.sequence,
  Timing: (row) => row.timing,
  Status: (row) => row.status,
  'Due (UTC)': (row) => row.dueAt,
  'Window ends (UTC)': (row) => row.windowEndsAt,
  'Started (UTC)': (row) => row.startedAt,
  'Finished (UTC)': (row) => row.finishedAt,
  'Took (seconds)': (row) => row.tookSeconds,
  'Late by (seconds)': (row) => row.lateBySeconds,
  'Environments updated': (row) => row.updated,
  'Release ID': (row) => row.releaseId,
  'Integration Pack ID': (row) => row.packId,
}
