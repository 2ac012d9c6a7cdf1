import type { Database } from '@packline/database/client.ts'
import { z } from 'zod'
import type { AccountScope } from '../../platform/actor.ts'
import { csvLine, csvStart } from '../../platform/csv.ts'
import { describeEntries } from './audit-entries.views.ts'
import { type AuditChoice, findMatches, type LogPlace } from './audit-matches.views.ts'

const rowsAtOnce = 500

const changeRow = z.object({
  id: z.uuid(),
  requestId: z.string().nullable(),
  before: z.string().nullable(),
  after: z.string().nullable(),
})

/** The log as CSV, newest first, some hundred entries at a time, so that memory stays flat however long it is. */
export async function* exportAuditLog(
  db: Database,
  scope: AccountScope,
  choice: AuditChoice,
): AsyncGenerator<string, void, void> {
  let text = csvStart + csvLine(header)
  let from: LogPlace | undefined
  for (;;) {
    const slice = { from, isBackwards: false, limit: rowsAtOnce }
    const { places, stoppedAt } = await findMatches(db, scope, choice, slice)
    yield text + (await linesOf(db, scope, places)).join('')
    text = ''
    from = places.length === rowsAtOnce ? places.at(-1) : stoppedAt
    if (!from) return
  }
}

const header = [
  'Time (UTC)',
  'Actor',
  'By',
  'Actor ID',
  'API token',
  'Account ID',
  'Source',
  'What',
  'Action',
  'Object type',
  'Object',
  'Object ID',
  'Request ID',
  'Before',
  'After',
  'Entry ID',
]

async function linesOf(db: Database, scope: AccountScope, places: readonly LogPlace[]): Promise<string[]> {
  if (places.length === 0) return []
  const ids = places.map(({ id }) => id)
  const entries = await describeEntries(db, scope, ids)
  const changes = z.array(changeRow).parse(
    await db.$queryRaw`
      select id, "requestId", before::text, after::text from "AuditEntry"
      where id = any (${ids}::uuid[]) and "accountId" = ${scope}`,
  )
  const changeOf = new Map(changes.map((change) => [change.id, change]))
  return entries.map(({ object, ...entry }) => {
    const change = changeOf.get(entry.id)
    return csvLine([
      entry.at,
      entry.actorName,
      entry.actorKind,
      entry.actorId,
      entry.tokenName ?? entry.tokenId,
      scope,
      entry.source,
      entry.words,
      entry.action,
      object.type,
      object.name,
      object.id,
      change?.requestId ?? null,
      change?.before ?? null,
      change?.after ?? null,
      entry.id,
    ])
  })
}
