import type { HistoryEntry } from '../history.ts'
import type { Stage } from '../product/stage.ts'
import type { Control, Invariant } from './evidence.ts'
import { invariants } from './find-violations.ts'

/**
 * Shows that every checker finds what it is there to find: takes what rows have left behind, damages it inside a
 * transaction that is rolled back, and expects a complaint. Says what went unnoticed.
 */
export async function runControls({ sql }: Stage, history: readonly HistoryEntry[]) {
  const unnoticed: string[] = []
  let noticed = 0
  for (const invariant of invariants) {
    for (const control of invariant.controls) {
      const client = await sql.connect()
      try {
        await client.query('begin')
        // What the database itself refuses is what a checker must not rely on.
        await client.query('set local session_replication_role = replica')
        const problem = await whyUnnoticed(invariant, control, { history, sql: client })
        if (problem === undefined) noticed += 1
        else unnoticed.push(`${invariant.id} does not notice ${control.name}${problem}`)
      } finally {
        await client.query('rollback')
        client.release()
      }
    }
  }
  return { noticed, unnoticed }
}

async function whyUnnoticed(
  { find }: Invariant,
  { damage }: Control,
  evidence: Parameters<Control['damage']>[0],
): Promise<string | undefined> {
  const before = await find(evidence)
  if (before.length > 0) return `: it complains already, ${before[0]}`
  try {
    const found = await find(await damage(evidence))
    return found.length > 0 ? undefined : ''
  } catch (error) {
    return `: ${error instanceof Error ? error.message : String(error)}`
  }
}
