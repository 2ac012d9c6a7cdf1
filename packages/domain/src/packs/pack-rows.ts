import { newestShareable, type PackagedComponent } from '../packaged-components/packaged-component.ts'
import { isShownDeleted, type PackItem } from './pack-item.ts'

export type PackContents<Package extends PackagedComponent = PackagedComponent> = {
  items: readonly PackItem[]
  /** Every package of every component concerned, deleted ones included. */
  packages: readonly Package[]
  /** Content of the current release; empty before the first one. */
  current: readonly Package[]
  /** The scheduled release, null when there is none. */
  scheduled: { releaseId: string; content: readonly Package[] } | null
}

export type PendingCell<Package> =
  | { kind: 'blank' }
  | { kind: 'version'; package: Package }
  | { kind: 'deleted' }

/** A line of the Packaged Components table. `defaultVersion` is what a new release takes; null leaves the row out. */
export type PackRow<Package extends PackagedComponent = PackagedComponent> = {
  componentId: string
  current: Package | null
  pending: PendingCell<Package>
  latest: Package | null
  defaultVersion: Package | null
}

/**
 * The three version columns of each row, and what a new release takes by default: latest, else pending, else
 * current. Components that only a scheduled release contains are rows as well.
 */
export function packRows<Package extends PackagedComponent>(
  contents: PackContents<Package>,
): PackRow<Package>[] {
  const listed = new Set(contents.items.map(({ componentId }) => componentId))
  const scheduledOnly = (contents.scheduled?.content ?? [])
    .filter(({ componentId }) => !listed.has(componentId))
    .map(({ componentId }) => ({
      componentId,
      pendingPackageId: null,
      isRemoved: false,
      leavesWithReleaseId: null,
    }))
  return [...contents.items, ...scheduledOnly].map((item) => packRow(item, contents))
}

function packRow<Package extends PackagedComponent>(
  item: PackItem,
  contents: PackContents<Package>,
): PackRow<Package> {
  const ofComponent = (one: Package) => one.componentId === item.componentId
  const current = contents.current.find(ofComponent) ?? null
  if (isShownDeleted(item)) {
    const { componentId } = item
    return { componentId, current, pending: { kind: 'deleted' }, latest: null, defaultVersion: null }
  }

  const scheduled = contents.scheduled?.content.find(ofComponent) ?? null
  const pending = scheduled ?? waiting(item, current, contents)
  const newest = newestShareable(item.componentId, contents.packages) ?? null
  const highestShown = Math.max(current?.ordinal ?? 0, pending?.ordinal ?? 0)
  const latest = newest !== null && newest.ordinal > highestShown ? newest : null
  return {
    componentId: item.componentId,
    current,
    pending: pending === null ? { kind: 'blank' } : { kind: 'version', package: pending },
    latest,
    defaultVersion: latest ?? pending ?? current,
  }
}

/** The row's own pending package; one that is already current waits for nothing, unless a scheduled release drops it. */
function waiting<Package extends PackagedComponent>(
  { pendingPackageId }: PackItem,
  current: Package | null,
  { packages, scheduled }: PackContents<Package>,
): Package | null {
  if (pendingPackageId === null) return null
  if (pendingPackageId === current?.id && scheduled === null) return null
  return packages.find(({ id }) => id === pendingPackageId) ?? null
}
