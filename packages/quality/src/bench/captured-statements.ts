import { readFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'

import type { Copy } from './bench-database.ts'

export type Statement = { text: string; values: (string | null)[] }

/** The statements, with their parameters, that the product's pool for requests sends while the work is done. */
export async function captureStatements(copy: Copy, work: () => Promise<unknown>): Promise<Statement[]> {
  const entries = await logged(copy, { name: 'log_statement', on: 'all', off: 'none' }, work)
  return entries.flatMap((entry, index) => {
    const text = /^@packline api@\d+@LOG: {2}execute [^:]+: ([\s\S]*)$/.exec(entry)?.[1]
    if (text === undefined) return []
    const detail = /^@packline api@\d+@DETAIL: {2}[Pp]arameters: ([\s\S]*)$/.exec(
      entries[index + 1] ?? '',
    )?.[1]
    return [
      { text: text.replaceAll('\n\t', '\n').trim(), values: detail === undefined ? [] : valuesIn(detail) },
    ]
  })
}

export type Timed = { text: string; millis: number }

/** What all pools of the product send while the work is done, with the time each statement took in the database. */
export async function captureTimes(copy: Copy, work: () => Promise<unknown>): Promise<Timed[]> {
  const setting = { name: 'log_min_duration_statement', on: '0', off: '-1' }
  const entries = await logged(copy, setting, work)
  const found: Timed[] = []
  const planning = new Map<string, number>()
  for (const entry of entries) {
    const [, session, duration, phase, text = ''] =
      /^@packline [^@]+@(\d+)@LOG: {2}duration: ([\d.]+) ms {2}(?:(parse|bind|execute) [^:]+|statement): ([\s\S]*)$/.exec(
        entry,
      ) ?? []
    if (session === undefined) continue
    const millis = Number(duration) + (planning.get(session) ?? 0)
    if (phase === 'parse' || phase === 'bind') planning.set(session, millis)
    else {
      found.push({ text, millis })
      planning.delete(session)
    }
  }
  return found
}

/** Entries begin with the name of the application and the session's process; their further lines are indented by a tab. */
async function logged(
  { client, logFile }: Copy,
  { name, on, off }: { name: string; on: string; off: string },
  work: () => Promise<unknown>,
): Promise<string[]> {
  const set = async (value: string) => {
    await client.query(`alter system set ${name} = '${value}'`)
    await client.query('select pg_reload_conf()')
    // Sessions hear of it before their next statement.
    await wait(500)
  }
  await set(on)
  const from = (await readFile(logFile, 'utf8')).length
  await work()
  await set(off)
  return (await readFile(logFile, 'utf8')).slice(from).split(/^(?=@[^@\n]*@\d+@[A-Z]+:)/m)
}

/** As in `$1 = 'it''s', $2 = NULL`. */
const valuesIn = (detail: string) =>
  [...detail.matchAll(/\$\d+ = (?:'((?:[^']|'')*)'|NULL)/g)].map(
    ([, text]) => text?.replaceAll("''", "'") ?? null,
  )
