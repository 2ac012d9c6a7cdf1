import {
  auditActorKind,
  type AuditEntryRow,
  type AuditEntryView,
  type AuditPage,
  auditSource,
} from '@packline/contract/audit-log.ts'
import type { Database } from '@packline/database/client.ts'
import { Prisma } from '@packline/database/generated/client.ts'
import { auditActionTable, isAuditAction } from '@packline/domain/audit/audit-actions.ts'
import { z } from 'zod'
import type { AccountScope } from '../../platform/actor.ts'
import { auditedObject, auditedObjectJoins } from './audit-objects.views.ts'
import { type AuditChoice, findMatches, placeOf, textOf } from './audit-matches.views.ts'

const { sql } = Prisma

const moment = z.date().transform((date) => date.toISOString())

const storedEntry = z.object({
  id: z.uuid(),
  at: moment,
  actorKind: auditActorKind,
  actorId: z.uuid().nullable(),
  actorName: z.string(),
  tokenId: z.uuid().nullable(),
  tokenName: z.string().nullable(),
  source: auditSource,
  action: z.string(),
  object: auditedObject,
})

const entryColumns = sql`
  e.id, e.at, e."actorKind", e."actorId", e."actorName", e."tokenId", token.name as "tokenName", e.source, e.action`

/** The words of an action; one that an older Packline wrote and this one does not know any more stays as it is. */
const wordsOf = (action: string) => (isAuditAction(action) ? auditActionTable[action] : action)

export type AuditPageChoice = AuditChoice & {
  after?: string | undefined
  before?: string | undefined
  pageSize: number
}

/** A page of the account's log, newest first. */
export async function listAuditEntries(
  db: Database,
  scope: AccountScope,
  { after, before, pageSize, ...choice }: AuditPageChoice,
): Promise<AuditPage> {
  const cursor = before ?? after
  const isBackwards = before !== undefined
  const slice = { from: cursor === undefined ? undefined : placeOf(cursor), isBackwards, limit: pageSize + 1 }
  const { places, stoppedAt } = await findMatches(db, scope, choice, slice)
  const isMore = places.length > pageSize
  const shown = places.slice(0, pageSize)
  const beyond = isMore ? shown.at(-1) : stoppedAt
  if (isBackwards) shown.reverse()

  const further = beyond ? textOf(beyond) : null
  const back =
    cursor === undefined ? null : textOf((isBackwards ? shown.at(-1) : shown[0]) ?? placeOf(cursor))
  return {
    rows: await describeEntries(
      db,
      scope,
      shown.map(({ id }) => id),
    ),
    next: isBackwards ? back : further,
    previous: isBackwards ? further : back,
    searchedTo: isMore ? null : (stoppedAt?.at ?? null),
  }
}

/** These entries of the account in the order of the log, with the names of what they are about: one statement. */
export async function describeEntries(
  db: Database,
  scope: AccountScope,
  ids: readonly string[],
): Promise<AuditEntryRow[]> {
  const rows = await db.$queryRaw`
    select ${entryColumns}, ${auditedObjectJoins.column} as object
    from "AuditEntry" e ${auditedObjectJoins.joins(scope)}
    where e.id = any (${[...ids]}::uuid[]) and e."accountId" = ${scope}
    order by e.at desc, e.id desc`
  return z
    .array(storedEntry)
    .parse(rows)
    .map((entry) => ({ ...entry, words: wordsOf(entry.action) }))
}

const storedDetails = storedEntry.extend({
  accountId: z.string(),
  requestId: z.string().nullable(),
  before: z.unknown(),
  after: z.unknown(),
  seal: z.object({ sequence: z.number(), sealedAt: z.string(), hash: z.string() }).nullable(),
})

/** One entry with everything it says; undefined when it is not in this account's log. */
export async function findAuditEntry(
  db: Database,
  scope: AccountScope,
  entryId: string,
): Promise<AuditEntryView | undefined> {
  const rows = await db.$queryRaw`
    select ${entryColumns}, e."accountId", e."requestId", e.before, e.after, ${auditedObjectJoins.column} as object, (
      select jsonb_build_object('sequence', s.sequence, 'hash', encode(p.hash, 'hex'),
        'sealedAt', to_char(s."sealedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
      from "AuditSealEntry" p join "AuditSeal" s on s."accountId" = p."accountId" and s.sequence = p.sequence
      where p."entryId" = e.id) as seal
    from "AuditEntry" e ${auditedObjectJoins.joins(scope)}
    where e.id = ${entryId}::uuid and e."accountId" = ${scope}`
  const [entry] = z.array(storedDetails).parse(rows)
  return entry && { ...entry, words: wordsOf(entry.action) }
}
