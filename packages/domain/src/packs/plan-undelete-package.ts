import type { PackagedComponent } from '../packaged-components/packaged-component.ts'
import { isShownDeleted, type PackItem, packSize, packSizeLimit } from './pack-item.ts'

export type UndeletePackagePlan =
  | { kind: 'planned'; pendingPackageId: string | null }
  | { kind: 'unchanged' }
  | { kind: 'refused'; reason: 'component-not-in-pack' | 'pack-full' }

/** Undelete: the row is back with its former pending and current version. Clears removal and leaving. */
export function planUndeletePackage(
  componentId: string,
  pack: { items: readonly PackItem[]; current: readonly PackagedComponent[] },
): UndeletePackagePlan {
  const item = pack.items.find((one) => one.componentId === componentId)
  if (!item) return { kind: 'refused', reason: 'component-not-in-pack' }
  if (!isShownDeleted(item)) return { kind: 'unchanged' }
  if (packSize(pack.items) >= packSizeLimit) return { kind: 'refused', reason: 'pack-full' }
  return { kind: 'planned', pendingPackageId: pendingAfterUndelete(item, pack.current) }
}

/**
 * What an undeleted row has pending. A row that a confirmed release leaves out keeps its present version as
 * pending: once that release is out the row would have nothing else to show or to release.
 */
export function pendingAfterUndelete(
  { componentId, pendingPackageId, leavesWithReleaseId }: PackItem,
  current: readonly PackagedComponent[],
): string | null {
  if (pendingPackageId !== null || leavesWithReleaseId === null) return pendingPackageId
  return current.find((one) => one.componentId === componentId)?.id ?? null
}
