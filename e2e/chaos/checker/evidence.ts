import type { HistoryEntry } from '../history.ts'

export type Sql = {
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- whoever writes a query knows its rows, as with pg itself.
  query: <Row extends Record<string, unknown>>(text: string, values?: unknown[]) => Promise<{ rows: Row[] }>
}

/** All that the checker goes by: what was asked and answered, and the database as it is now. Nothing of the product. */
export type Evidence = {
  history: readonly HistoryEntry[]
  sql: Sql
  /** The row that has just ended: what takes long to check, or changes with the rows after it, is checked for it alone. */
  row?: string
}

/** Makes the evidence contradict an invariant, to see that it is noticed. What it changes in the database is rolled back. */
export type Control = { name: string; damage: (evidence: Evidence) => Promise<Evidence> }

export type Invariant = {
  id: `I${number}`
  says: string
  /** What contradicts it, one sentence each. */
  find: (evidence: Evidence) => Promise<string[]>
  controls: readonly Control[]
}

/** What an invariant that goes entry by entry has to look at. */
export const entriesToCheck = ({ history, row }: Evidence): readonly HistoryEntry[] =>
  row === undefined ? history : history.filter((entry) => entry.row === row)

/** What a query finds, each row's `id` put into a sentence. */
export async function findRows(
  { sql }: Evidence,
  sentence: (id: string) => string,
  text: string,
): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>(text)
  return rows.map(({ id }) => sentence(id))
}

/** A control that changes rows; throws when there are none that it could change. */
export const damagedRows = (name: string, text: string): Control => ({
  name,
  damage: async (evidence) => {
    const { rows } = await evidence.sql.query(`${text} returning 1 as changed`)
    if (rows.length === 0) throw new Error('There is nothing to damage.')
    return evidence
  },
})

/** A control that changes one entry of the history, the last that it can. */
export const damagedHistory = (
  name: string,
  damage: (entry: HistoryEntry) => HistoryEntry[] | undefined,
): Control => ({
  name,
  damage: (evidence) => {
    const { history } = evidence
    for (let index = history.length - 1; index >= 0; index -= 1) {
      const entry = history[index]
      const damaged = entry && damage(entry)
      if (damaged) return Promise.resolve({ ...evidence, history: history.toSpliced(index, 1, ...damaged) })
    }
    return Promise.reject(new Error('There is nothing to damage.'))
  },
})
