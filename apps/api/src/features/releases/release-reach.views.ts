import type { ReleasePreview } from '@packline/contract/releases.ts'
import type { Database } from '@packline/database/client.ts'
import { releaseDateRange } from '@packline/domain/time/release-date.ts'
import { z } from 'zod'
import type { Actor } from '../../platform/actor.ts'
import { accountsOfPack } from '../../read-models/accounts-of-pack.ts'

const reach = z.object({
  installations: z.number(),
  accounts: z.number(),
  environments: z.number(),
  unsharedInstallations: z.number(),
  isRerelease: z.boolean(),
})
const busyDay = z.object({ releaseOn: z.string(), packName: z.string() })

export type ReleaseReach = Omit<ReleasePreview, 'window' | 'refusal'>

/** What releasing the pack would touch, and which dates can be chosen; undefined when the pack is not this account's. */
export async function findReleaseReach(
  db: Database,
  actor: Actor,
  { packId, now }: { packId: string; now: Temporal.Instant },
): Promise<ReleaseReach | undefined> {
  const [counted, days] = await Promise.all([
    db.$queryRaw`
      select count(distinct i.id) filter (where i."isShared")::int as installations,
        count(distinct i."accountId") filter (where i."isShared")::int as accounts, count(a.id)::int as environments,
        count(distinct i.id) filter (where not i."isShared")::int as "unsharedInstallations",
        k."currentReleaseId" is not null as "isRerelease"
      from "IntegrationPack" k
      left join lateral (
        select i.id, i."accountId", i."accountId" in ${accountsOfPack(packId)} as "isShared"
        from "Installation" i where i."packId" = k.id and i."uninstalledAt" is null) i on true
      left join "Attachment" a on a."installationId" = i.id and a."detachedAt" is null and i."isShared"
      where k.id = ${packId}::uuid and k."accountId" = ${actor.accountId} and k."deletedAt" is null
      group by k.id`,
    db.$queryRaw`
      select r."releaseOn"::text, k.name as "packName" from "Release" r join "IntegrationPack" k on k.id = r."packId"
      where k."accountId" = ${actor.accountId} and r.status = 'SCHEDULED' and r."releaseOn" is not null
        and k.id <> ${packId}::uuid
      order by r."releaseOn", lower(k.name)`,
  ])
  const [numbers] = z.array(reach).parse(counted)
  if (!numbers) return undefined

  const range = actor.timeZone === null ? undefined : releaseDateRange(actor.timeZone, now)
  return {
    ...numbers,
    timeZone: actor.timeZone,
    firstDate: range?.first ?? null,
    lastDate: range?.last ?? null,
    busyDays: z.array(busyDay).parse(days),
  }
}
