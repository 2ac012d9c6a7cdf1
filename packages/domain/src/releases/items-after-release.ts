import type { PackItem } from '../packs/pack-item.ts'

/**
 * A pack's rows once a release is out: rows that leave with it are gone, what it contains has nothing
 * pending, missing rows are there. A row removed after the confirmation stays removed and goes with the following
 * release.
 */
export function itemsAfterRelease(
  items: readonly PackItem[],
  release: { id: string; componentIds: readonly string[] },
): PackItem[] {
  const contained = new Set(release.componentIds)
  const rows = new Set(items.map(({ componentId }) => componentId))
  const staying = items
    .filter(({ leavesWithReleaseId }) => leavesWithReleaseId !== release.id)
    .map((item) => (contained.has(item.componentId) ? { ...item, pendingPackageId: null } : item))
  const returning = release.componentIds
    .filter((componentId) => !rows.has(componentId))
    .map((componentId) => ({
      componentId,
      pendingPackageId: null,
      isRemoved: false,
      leavesWithReleaseId: null,
    }))
  return [...staying, ...returning]
}
