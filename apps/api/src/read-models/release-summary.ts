import { releaseStatus, releaseSummary, type ReleaseSummary } from '@packline/contract/releases.ts'
import type { Database, Tx } from '@packline/database/client.ts'
import { lateness } from '@packline/domain/releases/lateness.ts'
import { describeWindow } from '@packline/domain/time/describe-window.ts'
import { z } from 'zod'
import type { AccountScope } from '../platform/actor.ts'

const instant = z.date().transform((date) => date.toISOString())

const { window: _window, lateBySeconds: _late, ...stored } = releaseSummary.shape
const row = z.object({
  ...stored,
  status: releaseStatus,
  confirmedAt: instant,
  changedAt: instant,
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
  dueAt: instant,
  windowEndsAt: instant,
})

export type ReleaseChoice = {
  scope: AccountScope
  /** Every release of these packs. */
  packIds?: readonly string[]
  /** These releases. */
  releaseIds?: readonly string[]
}

/**
 * Releases of the account's packs by id, newest first in each pack, with how many attachments they have reached: one
 * statement. What a release has still to do are the attachments that are shared with (D-4) and not on it yet.
 */
export async function releaseSummaries(
  db: Database | Tx,
  { scope, packIds = [], releaseIds = [] }: ReleaseChoice,
): Promise<Map<string, ReleaseSummary>> {
  const rows = await db.$queryRaw`
    select r.id, r."packId", r.sequence, 'release-' || r."requestId" as "requestId", r.status, r.timing,
      r."releaseOn"::text as "releaseOn", r."timeZone", r."dueAt", r."windowEndsAt", r."scheduledByName",
      r."createdAt" as "confirmedAt", r."changedAt", r."startedAt", r."finishedAt", r."isRollback", r.notes, r.attempts, r."lastError", r."cancelledByName",
      r."cancelReason", content.count as "packageCount", reached.count as updated,
      reached.count + waiting.count as total
    from "Release" r
    join "IntegrationPack" k on k.id = r."packId"
    cross join lateral (
      select count(*)::int from "ReleaseItem" i where i."releaseId" = r.id) content
    cross join lateral (
      select count(*)::int from "ReleaseTarget" t where t."releaseId" = r.id) reached
    cross join lateral (
      select count(*)::int from "Attachment" a
      where (r.status = 'SCHEDULED' or (r.status in ('IN_PROGRESS', 'ERROR') and k."currentReleaseId" = r.id))
        and a."packId" = r."packId" and a."detachedAt" is null and a."releaseId" <> r.id
        and a."accountId" in (
          select member."accountId" from "AccountGroupPack" shared
          join "AccountGroupAccount" member on member."groupId" = shared."groupId"
          where shared."packId" = r."packId")
        and not exists (
          select from "ReleaseTarget" t where t."releaseId" = r.id and t."attachmentId" = a.id)) waiting
    where k."accountId" = ${scope}
      and (r.id = any(${[...releaseIds]}::uuid[]) or r."packId" = any(${[...packIds]}::uuid[]))
    order by r."packId", r.sequence desc`
  return new Map(
    z
      .array(row)
      .parse(rows)
      .map((found) => [found.id, toSummary(found)]),
  )
}

function toSummary({ dueAt, windowEndsAt, ...found }: z.infer<typeof row>): ReleaseSummary {
  const { timing, releaseOn, timeZone, status, finishedAt } = found
  const isDated = timing === 'DATED' && releaseOn !== null && timeZone !== null
  return {
    ...found,
    window: isDated
      ? { start: dueAt, end: windowEndsAt, kind: describeWindow(releaseOn, timeZone).kind }
      : null,
    lateBySeconds: isDated && status === 'SUCCESS' ? secondsLate(windowEndsAt, finishedAt) : null,
  }
}

function secondsLate(windowEndsAt: string, finishedAt: string | null): number | null {
  if (finishedAt === null) return null
  const outcome = lateness(Temporal.Instant.from(windowEndsAt), Temporal.Instant.from(finishedAt))
  return outcome.kind === 'late' ? Math.ceil(outcome.by.total('seconds')) : null
}
