import type { HistoryEntry } from '../history.ts'
import type { Stage } from '../product/stage.ts'
import type { Result } from '../run-row.ts'
import type { Control, Evidence, Invariant } from './evidence.ts'
import { invariants } from './find-violations.ts'

/**
 * Shows that every checker finds what it is there to find: takes what rows have left behind, damages it inside a
 * transaction that is rolled back, and expects a complaint.
 */
export async function runControls(stage: Stage, history: readonly HistoryEntry[]): Promise<Result[]> {
  const results = []
  for (const invariant of invariants) {
    for (const control of invariant.controls) {
      const problem = await whyUnnoticed(stage, history, invariant, control)
      const name = `${invariant.id} notices ${control.name}`
      console.log(`${problem === undefined ? '✓' : '✗'} ${name}${problem ?? ''}`)
      results.push({ name, violations: problem === undefined ? [] : [`It does not${problem}`] })
    }
  }
  return results
}

async function whyUnnoticed(
  { sql }: Stage,
  history: readonly HistoryEntry[],
  { find }: Invariant,
  { damage }: Control,
): Promise<string | undefined> {
  const client = await sql.connect()
  try {
    await client.query('begin')
    // What the database itself refuses is what a checker must not rely on.
    await client.query('set local session_replication_role = replica')
    await client.query('alter table "Release" drop constraint "Release_never_early"')
    const evidence: Evidence = { history, sql: client }
    const [before] = await find(evidence)
    if (before !== undefined) return `: it complains already, ${before}`
    const found = await find(await damage(evidence))
    return found.length > 0 ? undefined : ''
  } catch (error) {
    return `: ${error instanceof Error ? error.message : String(error)}`
  } finally {
    await client.query('rollback')
    client.release()
  }
}
