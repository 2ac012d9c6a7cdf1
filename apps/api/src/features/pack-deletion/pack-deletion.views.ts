import { packDeletionPreview, type PackDeletionPreview } from '@packline/contract/integration-packs.ts'
import type { Database, Tx } from '@packline/database/client.ts'
import { z } from 'zod'
import type { AccountScope } from '../../platform/actor.ts'

/** What deleting the pack would undo, in numbers; undefined when there is no such pack. */
export async function findDeletionPreview(
  db: Database | Tx,
  scope: AccountScope,
  packId: string,
): Promise<PackDeletionPreview | undefined> {
  const rows = await db.$queryRaw`
    select base.installations, base.accounts,
      (select count(*)::int from "Attachment" a where a."packId" = k.id and a."detachedAt" is null) as attachments,
      (select count(*)::int from "AccountGroupPack" g where g."packId" = k.id) as groups,
      exists (select from "Release" r
        where r."packId" = k.id and r.status in ('SCHEDULED', 'IN_PROGRESS')) as "hasScheduledRelease"
    from "IntegrationPack" k
    cross join lateral (
      select count(*)::int as installations, count(distinct i."accountId")::int as accounts
      from "Installation" i where i."packId" = k.id and i."uninstalledAt" is null) base
    where k.id = ${packId}::uuid and k."accountId" = ${scope} and k."deletedAt" is null`
  return z.array(packDeletionPreview).parse(rows)[0]
}
