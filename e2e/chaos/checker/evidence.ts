import type { HistoryEntry } from '../history.ts'

/** All that the checker goes by: what was asked and answered, and the database as it is now. Nothing of the product. */
export type Evidence = {
  history: readonly HistoryEntry[]
  sql: {
    query: <Row extends Record<string, unknown>>(text: string, values?: unknown[]) => Promise<{ rows: Row[] }>
  }
}

export type Invariant = {
  id: `I${number}`
  says: string
  /** What contradicts it, one sentence each. */
  find: (evidence: Evidence) => Promise<string[]>
}

/** The `id`s that a query finds, each put into a sentence. */
export async function findIds(
  { sql }: Evidence,
  sentence: (id: string) => string,
  text: string,
): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>(text)
  return rows.map(({ id }) => sentence(id))
}
