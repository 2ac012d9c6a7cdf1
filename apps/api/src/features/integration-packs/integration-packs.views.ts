import { packListItem, type PackListItem } from '@packline/contract/integration-packs.ts'
import type { Database, Tx } from '@packline/database/client.ts'
import { byName } from '@packline/domain/packs/pack-order.ts'
import { z } from 'zod'
import type { AccountScope } from '../../platform/actor.ts'

/** Every pack of the account in the order of the list, in one statement. */
export async function listPacks(db: Database | Tx, scope: AccountScope): Promise<PackListItem[]> {
  const rows = await db.$queryRaw`
    select k.id, k.name, k.type,
      (select count(*)::int from "PackItem" i
        where i."packId" = k.id and i."removedAt" is null and i."leavesWithReleaseId" is null) as "packageCount",
      current.sequence as "currentSequence",
      case when open.timing = 'DATED' and open.status = 'SCHEDULED'
        then jsonb_build_object('releaseId', open.id, 'releaseOn', open."releaseOn", 'timeZone', open."timeZone")
        end as scheduled,
      coalesce(open.status = 'IN_PROGRESS' or open.timing = 'IMMEDIATE', false) as "isReleasing",
      coalesce(newest.status = 'ERROR', false) as "hasFailed"
    from "IntegrationPack" k
    left join "Release" current on current.id = k."currentReleaseId"
    left join lateral (
      select r.id, r.status, r.timing, r."releaseOn", r."timeZone" from "Release" r
      where r."packId" = k.id and r.status in ('SCHEDULED', 'IN_PROGRESS')
      order by r.status = 'IN_PROGRESS' desc limit 1) open on true
    left join lateral (
      select r.status from "Release" r
      where r."packId" = k.id and r.status not in ('CANCELLED', 'SUPERSEDED')
      order by r.sequence desc limit 1) newest on true
    where k."accountId" = ${scope} and k."deletedAt" is null`
  return z.array(packListItem).parse(rows).toSorted(byName)
}
