import type { ReleasePreview } from '@packline/contract/releases.ts'
import type { Database } from '@packline/database/client.ts'
import { releaseDateRange } from '@packline/domain/time/release-date.ts'
import { z } from 'zod'
import type { Actor } from '../../platform/actor.ts'
import { accountsOfPack } from '../../read-models/accounts-of-pack.ts'
import type { Counting } from '../../read-models/counting.ts'

const ownPack = z.object({ isRerelease: z.boolean() })
const reached = z.object({
  installations: z.number(),
  accounts: z.number(),
  environments: z.number(),
  unsharedInstallations: z.number(),
})
const busyDay = z.object({ releaseOn: z.string(), packName: z.string() })

export type ReleaseReach = Omit<ReleasePreview, 'window' | 'refusal'>

/**
 * What releasing the pack would touch, counted as `counting` has it, and which dates can be chosen; undefined when the pack
 * is not this account's.
 */
export async function findReleaseReach(
  db: Database,
  actor: Actor,
  { packId, now, counting }: { packId: string; now: Temporal.Instant; counting: Counting },
): Promise<ReleaseReach | undefined> {
  const [packs, days] = await Promise.all([
    db.$queryRaw`
      select "currentReleaseId" is not null as "isRerelease" from "IntegrationPack"
      where id = ${packId}::uuid and "accountId" = ${actor.accountId} and "deletedAt" is null`,
    db.$queryRaw`
      select r."releaseOn"::text, k.name as "packName" from "Release" r join "IntegrationPack" k on k.id = r."packId"
      where k."accountId" = ${actor.accountId} and r.status = 'SCHEDULED' and r."releaseOn" is not null
        and k.id <> ${packId}::uuid
      order by r."releaseOn", lower(k.name)`,
  ])
  const [pack] = z.array(ownPack).parse(packs)
  if (!pack) return undefined

  const range = actor.timeZone === null ? undefined : releaseDateRange(actor.timeZone, now)
  return {
    ...pack,
    ...(await counting(() => countReach(db, packId))),
    timeZone: actor.timeZone,
    firstDate: range?.first ?? null,
    lastDate: range?.last ?? null,
    busyDays: z.array(busyDay).parse(days),
  }
}

/** Account by account first: of a pack that may be attached many times one account has very many. */
async function countReach(db: Database, packId: string): Promise<z.infer<typeof reached>> {
  const rows = await db.$queryRaw`
    with shared as materialized (select distinct "accountId" from ${accountsOfPack(packId)} member)
    select coalesce(sum(count) filter (where "isShared"), 0)::int as installations,
      (count(*) filter (where "isShared"))::int as accounts,
      (select count(*)::int from "Attachment" a
        where a."packId" = ${packId}::uuid and a."detachedAt" is null
          and a."accountId" in (select "accountId" from shared)) as environments,
      coalesce(sum(count) filter (where not "isShared"), 0)::int as "unsharedInstallations"
    from (
      select count(*), i."accountId" in (select "accountId" from shared) as "isShared" from "Installation" i
      where i."packId" = ${packId}::uuid and i."uninstalledAt" is null
      group by i."accountId") account`
  const [counts] = z.tuple([reached]).parse(rows)
  return counts
}
