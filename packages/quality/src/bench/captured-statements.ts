import { readFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'

import type pg from 'pg'

export type Statement = { text: string; values: (string | null)[] }

/** The statements, with their parameters, that the product's pool for requests sends while the work is done. */
export async function captureStatements(
  { client, logFile }: { client: pg.Client; logFile: string },
  work: () => Promise<unknown>,
): Promise<Statement[]> {
  await switchLog(client, 'all')
  const from = (await readFile(logFile, 'utf8')).length
  await work()
  await switchLog(client, 'none')
  return statementsIn((await readFile(logFile, 'utf8')).slice(from))
}

/** Sessions hear of the setting before their next statement. */
async function switchLog(client: pg.Client, which: 'all' | 'none') {
  await client.query(`alter system set log_statement = '${which}'`)
  await client.query('select pg_reload_conf()')
  await wait(500)
}

/** Entries begin with the name of the application; their further lines are indented by a tab. */
function statementsIn(log: string): Statement[] {
  const entries = log.split(/^(?=@[^@\n]*@[A-Z]+:)/m)
  return entries.flatMap((entry, index) => {
    const text = /^@packline api@LOG: {2}execute [^:]+: ([\s\S]*)$/.exec(entry)?.[1]
    if (text === undefined) return []
    const detail = /^@packline api@DETAIL: {2}[Pp]arameters: ([\s\S]*)$/.exec(entries[index + 1] ?? '')?.[1]
    return [
      { text: text.replaceAll('\n\t', '\n').trim(), values: detail === undefined ? [] : valuesIn(detail) },
    ]
  })
}

/** As in `$1 = 'it''s', $2 = NULL`. */
const valuesIn = (detail: string) =>
  [...detail.matchAll(/\$\d+ = (?:'((?:[^']|'')*)'|NULL)/g)].map(
    ([, text]) => text?.replaceAll("''", "'") ?? null,
  )
