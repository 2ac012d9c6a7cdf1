export const packSizeLimit = 100

/**
 * A component's row in a pack. `pendingPackageId` is the version added and not yet released. `isRemoved` rows are
 * shown as Deleted and can be undeleted. `leavesWithReleaseId` names the confirmed release that leaves the
 * component out; the row goes when that release goes out.
 */
export type PackItem = {
  componentId: string
  pendingPackageId: string | null
  isRemoved: boolean
  leavesWithReleaseId: string | null
}

/** Whether the table shows the row as Deleted, with Undelete. */
export function isShownDeleted({ isRemoved, leavesWithReleaseId }: PackItem): boolean {
  return isRemoved || leavesWithReleaseId !== null
}

/** How many packages the pack holds towards its limit of 100: rows shown as Deleted do not count. */
export function packSize(items: readonly PackItem[]): number {
  return items.filter((item) => !isShownDeleted(item)).length
}
