import type { Tx } from '@packline/database/client.ts'

/** A row of a pack. */
type Item = { packId: string; componentId: string }

/** Confirmed releases leave these rows out: they are shown as Deleted and go when their release goes out. */
export async function markLeaving(tx: Tx, items: readonly (Item & { releaseId: string })[]): Promise<void> {
  if (items.length === 0) return
  await tx.$executeRaw`
    update "PackItem" i set "leavesWithReleaseId" = l."releaseId"
    from jsonb_to_recordset(${JSON.stringify(items)}::jsonb) l("packId" uuid, "componentId" uuid, "releaseId" uuid)
    where i."packId" = l."packId" and i."componentId" = l."componentId"`
}

/** Confirmed releases contain these rows: those that were removed before are no longer. */
export async function markStaying(tx: Tx, items: readonly Item[]): Promise<void> {
  if (items.length === 0) return
  await tx.$executeRaw`
    update "PackItem" i set "removedAt" = null, "leavesWithReleaseId" = null
    from jsonb_to_recordset(${JSON.stringify(items)}::jsonb) s("packId" uuid, "componentId" uuid)
    where i."packId" = s."packId" and i."componentId" = s."componentId"`
}

/** The releases will not go out after all, or with other content: their leaving rows stay. */
export async function clearLeaving(tx: Tx, releaseIds: readonly string[]): Promise<void> {
  if (releaseIds.length === 0) return
  await tx.$executeRaw`
    update "PackItem" i set "leavesWithReleaseId" = null
    from "Release" r
    where r.id = any(${[...releaseIds]}::uuid[]) and i."packId" = r."packId" and i."leavesWithReleaseId" = r.id`
}

/**
 * Brings the packs' rows in line with releases that are out: what they left out goes, what they contain has a row with
 * nothing pending. A row removed after the confirmation stays removed and goes with the following release (R-36, R-38).
 */
export async function settleItemsAfterReleases(tx: Tx, releaseIds: readonly string[]): Promise<void> {
  const ids = [...releaseIds]
  await tx.$executeRaw`
    delete from "PackItem" i using "Release" r
    where r.id = any(${ids}::uuid[]) and i."packId" = r."packId" and i."leavesWithReleaseId" = r.id`
  await tx.$executeRaw`
    insert into "PackItem" ("packId", "componentId", "addedAt")
    select r."packId", ri."componentId", r."createdAt"
    from "Release" r join "ReleaseItem" ri on ri."releaseId" = r.id
    where r.id = any(${ids}::uuid[])
    on conflict ("packId", "componentId") do update set "pendingPackageId" = null`
}

/** Adds a row, or brings one back: neither removed nor leaving any more. */
export async function putItems(
  tx: Tx,
  packId: string,
  items: readonly { componentId: string; pendingPackageId: string | null }[],
  now: Temporal.Instant,
): Promise<void> {
  await tx.$executeRaw`
    insert into "PackItem" ("packId", "componentId", "pendingPackageId", "addedAt")
    select ${packId}::uuid, item."componentId", item."pendingPackageId", ${now.toString()}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(items)}::jsonb) item("componentId" uuid, "pendingPackageId" uuid)
    on conflict ("packId", "componentId") do update set "removedAt" = null, "leavesWithReleaseId" = null,
      "pendingPackageId" = excluded."pendingPackageId"`
}

/** Removes a row until the next release; Undelete brings it back with what it has pending. */
export async function markRemoved(
  tx: Tx,
  packId: string,
  componentId: string,
  now: Temporal.Instant,
): Promise<void> {
  await tx.packItem.update({
    where: { packId_componentId: { packId, componentId } },
    data: { removedAt: now.toString() },
  })
}
