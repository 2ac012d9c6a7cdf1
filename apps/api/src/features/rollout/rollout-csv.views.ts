import type { RolloutRow } from '@packline/contract/rollout.ts'
import type { Database } from '@packline/database/client.ts'
import { csvLine, csvStart } from '../../platform/csv.ts'
import { listRollout, type RolledOutRelease, type RolloutChoice } from './rollout.views.ts'

const rowsAtOnce = 500

/**
 * The whole rollout as CSV, some hundred rows at a time, so that memory stays flat. Rows are read one after the other
 * while Atoms go on: each is as it was when its turn came, and none is told twice.
 */
export async function* exportRollout(
  db: Database,
  release: RolledOutRelease,
  choice: Pick<RolloutChoice, 'state' | 'account' | 'search'>,
): AsyncGenerator<string, void, void> {
  let text = csvStart + csvLine(Object.keys(columns))
  let after: string | null | undefined
  while (after !== null) {
    const page = await listRollout(db, release, { ...choice, after, pageSize: rowsAtOnce })
    yield text + page.rows.map((row) => csvLine(Object.values(columns).map((cell) => cell(row)))).join('')
    text = ''
    after = page.next
  }
}

const columns: Record<string, (row: RolloutRow) => string | number | null> = {
  Account: (row) => row.accountName,
  'Account ID': (row) => row.accountId,
  Installation: (row) => row.installationName,
  Environment: (row) => row.environmentName,
  Atom: (row) => row.atomName,
  'Atom type': (row) => row.atomType,
  State: (row) => row.state,
  Cause: (row) => row.cause,
  Attempts: (row) => row.attempts,
  'Active nodes': (row) => row.activeCount,
  Nodes: (row) => row.nodeCount,
  How: (row) => row.how,
  'Release before': (row) => row.before?.sequence ?? null,
  'Release now': (row) => row.now?.sequence ?? null,
  'Version before': (row) => row.before?.number ?? null,
  'Version now': (row) => row.now?.number ?? null,
  'Changed (UTC)': (row) => row.changedAt,
  'Environment ID': (row) => row.environmentId,
  'Atom ID': (row) => row.atomId,
}
