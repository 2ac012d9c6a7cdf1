import type { Tx } from '@packline/database/client.ts'
import type { PackType } from '@packline/domain/packs/pack-type.ts'
import type { DeliveryCount } from '@packline/domain/releases/delivery-count.ts'
import { z } from 'zod'
import type { AccountScope } from '../../platform/actor.ts'
import { type Author, auditEnded } from '../../platform/audit.ts'
import { endDetached } from './deliveries.store.ts'

/** Which pack an installation of this account is of; the pack is held before the installation is locked. */
export async function findPackOfInstallation(
  tx: Tx,
  scope: AccountScope,
  installationId: string,
): Promise<string | undefined> {
  const rows = await tx.$queryRaw`
    select "packId" from "Installation"
    where id = ${installationId}::uuid and "accountId" = ${scope} and "uninstalledAt" is null`
  return z.array(z.object({ packId: z.uuid() })).parse(rows)[0]?.packId
}

const lockedInstallation = z.object({
  id: z.uuid(),
  packId: z.uuid(),
  packType: z.enum(['SINGLE', 'MULTI']),
  name: z.string(),
  deliveredCount: z.number(),
  lastDeliveredReleaseId: z.uuid(),
  /** How the release delivered last stands to the pack's current one. */
  lastDelivered: z.enum(['current', 'earlier', 'ahead']),
})
export type LockedInstallation = z.infer<typeof lockedInstallation>

/**
 * The installation, locked; undefined when it was uninstalled meanwhile. The caller holds its pack. It is read after the
 * lock, in a statement of its own: one that waited would join what it found before.
 */
export async function lockInstallation(
  tx: Tx,
  scope: AccountScope,
  installationId: string,
): Promise<LockedInstallation | undefined> {
  await tx.$queryRaw`
    select id from "Installation"
    where id = ${installationId}::uuid and "accountId" = ${scope} and "uninstalledAt" is null
    for no key update`
  const rows = await tx.$queryRaw`
    select i.id, i."packId", i."packType", i.name, i."deliveredCount", i."lastDeliveredReleaseId",
      case when last.sequence = current.sequence then 'current' when last.sequence < current.sequence then 'earlier'
        else 'ahead' end as "lastDelivered"
    from "Installation" i
    join "IntegrationPack" k on k.id = i."packId"
    join "Release" current on current.id = k."currentReleaseId"
    join "Release" last on last.id = i."lastDeliveredReleaseId"
    where i.id = ${installationId}::uuid and i."accountId" = ${scope} and i."uninstalledAt" is null`
  return z.array(lockedInstallation).parse(rows)[0]
}

/** How many installations of the pack the account has. */
export async function countInstallations(tx: Tx, scope: AccountScope, packId: string): Promise<number> {
  return tx.installation.count({ where: { packId, accountId: scope, uninstalledAt: null } })
}

export type NewInstallation = {
  accountId: AccountScope
  pack: { id: string; type: PackType }
  name: string
  count: DeliveryCount
  actorName: string
}

/**
 * Inserts an installation and returns its id, or undefined when the account has that name or, for Single Attachment,
 * the pack already: settled by the unique indexes, however many try at once.
 */
export async function insertInstallation(
  tx: Tx,
  { accountId, pack, name, count, actorName }: NewInstallation,
  now: Temporal.Instant,
): Promise<string | undefined> {
  const rows = await tx.$queryRaw`
    insert into "Installation" (id, "packId", "packType", "accountId", name, "lastDeliveredReleaseId", "deliveredCount",
      "installedAt", "installedByName")
    values (new_id(), ${pack.id}::uuid, ${pack.type}::"PackType", ${accountId}, ${name},
      ${count.lastDeliveredReleaseId}::uuid, ${count.deliveredCount}, ${now.toString()}::timestamptz, ${actorName})
    on conflict do nothing
    returning id`
  return z.array(z.object({ id: z.uuid() })).parse(rows)[0]?.id
}

/** Notes what was delivered to an installation last; processes that are new to it get their ids. */
export async function saveDelivered(tx: Tx, installationId: string, count: DeliveryCount) {
  await tx.$executeRaw`
    with wrapped as (
      insert into "InstalledProcess" ("installationId", "componentId")
      select i.id, item."componentId" from "Installation" i
      join "ReleaseItem" item on item."releaseId" = ${count.lastDeliveredReleaseId}::uuid
      where i.id = ${installationId}::uuid and i."packType" = 'MULTI'
      on conflict do nothing)
    update "Installation" set "deliveredCount" = ${count.deliveredCount},
      "lastDeliveredReleaseId" = ${count.lastDeliveredReleaseId}::uuid
    where id = ${installationId}::uuid`
}

export async function markUninstalled(tx: Tx, installationId: string, now: Temporal.Instant) {
  await tx.installation.update({ where: { id: installationId }, data: { uninstalledAt: now.toString() } })
}

const undone = z.object({ installations: z.number(), accounts: z.number(), attachments: z.number() })

/**
 * Detaches and uninstalls a pack everywhere, however many have it, with an entry in the log of every account for each
 * attachment and installation that ends. Says how many there were. The attachments are locked first, in a statement of
 * its own: an Atom may be reporting a delivery, which a statement that waited for it would not see.
 */
export async function uninstallAll(tx: Tx, actor: Author, packId: string, now: Temporal.Instant) {
  const at = now.toString()
  await tx.$executeRaw`
    select from "Attachment" where "packId" = ${packId}::uuid and "detachedAt" is null order by id for no key update`
  const rows = await tx.$queryRaw`
    with detached as (
      update "Attachment" set "detachedAt" = ${at}::timestamptz
      where "packId" = ${packId}::uuid and "detachedAt" is null
      returning *),
    ${endDetached(now)},
    uninstalled as (
      update "Installation" set "uninstalledAt" = ${at}::timestamptz
      where "packId" = ${packId}::uuid and "uninstalledAt" is null
      returning *),
    audited as (${auditEnded(actor, now)})
    select count(*)::int as installations, count(distinct "accountId")::int as accounts,
      (select count(*)::int from detached) as attachments
    from uninstalled`
  const [counts] = z.array(undone).parse(rows)
  return counts ?? { installations: 0, accounts: 0, attachments: 0 }
}
