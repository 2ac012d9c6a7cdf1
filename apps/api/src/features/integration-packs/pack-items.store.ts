import type { Tx } from '@packline/database/client.ts'

/** The confirmed release leaves these components out: their rows are shown as Deleted and go when it goes out. */
export async function markLeaving(
  tx: Tx,
  packId: string,
  componentIds: readonly string[],
  releaseId: string,
): Promise<void> {
  if (componentIds.length === 0) return
  await tx.packItem.updateMany({
    where: { packId, componentId: { in: [...componentIds] } },
    data: { leavesWithReleaseId: releaseId },
  })
}

/** The confirmed release contains these components: rows that were removed before are no longer. */
export async function markStaying(tx: Tx, packId: string, componentIds: readonly string[]): Promise<void> {
  if (componentIds.length === 0) return
  await tx.packItem.updateMany({
    where: { packId, componentId: { in: [...componentIds] } },
    data: { removedAt: null, leavesWithReleaseId: null },
  })
}

/** The release will not go out after all, or with other content: its leaving rows stay. */
export async function clearLeaving(tx: Tx, releaseId: string): Promise<void> {
  await tx.$executeRaw`
    update "PackItem" set "leavesWithReleaseId" = null
    where "leavesWithReleaseId" = ${releaseId}::uuid
      and "packId" = (select "packId" from "Release" where id = ${releaseId}::uuid)`
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
