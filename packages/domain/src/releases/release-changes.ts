import type { PackagedComponent } from '../packaged-components/packaged-component.ts'

export type ReleaseChange<Package extends PackagedComponent = PackagedComponent> =
  | { kind: 'added'; componentId: string; from: null; to: Package }
  | { kind: 'updated' | 'rolled-back' | 'unchanged'; componentId: string; from: Package; to: Package }
  | { kind: 'removed'; componentId: string; from: Package; to: null }

export type ReleaseChangeKind = ReleaseChange['kind']

export type ReleaseChanges<Package extends PackagedComponent = PackagedComponent> = {
  /** One entry for each component of either content; removed ones last. */
  changes: readonly ReleaseChange<Package>[]
  counts: Readonly<Record<ReleaseChangeKind, number>>
  hasChanges: boolean
  /** Some component goes back to an older package. */
  isRollback: boolean
}

/** What changes for consumers from one content to another. Newer and older are told by the ordinal, never by the text. */
export function releaseChanges<Package extends PackagedComponent>(
  from: readonly Package[],
  to: readonly Package[],
): ReleaseChanges<Package> {
  const before = new Map(from.map((one) => [one.componentId, one]))
  const kept = new Set(to.map(({ componentId }) => componentId))
  const changes = [
    ...to.map((next) => changeTo(next, before.get(next.componentId))),
    ...from
      .filter(({ componentId }) => !kept.has(componentId))
      .map((gone) => ({ kind: 'removed' as const, componentId: gone.componentId, from: gone, to: null })),
  ]
  const counts = { added: 0, updated: 0, 'rolled-back': 0, unchanged: 0, removed: 0 }
  for (const { kind } of changes) counts[kind] += 1
  return {
    changes,
    counts,
    hasChanges: counts.unchanged < changes.length,
    isRollback: counts['rolled-back'] > 0,
  }
}

function changeTo<Package extends PackagedComponent>(
  to: Package,
  from: Package | undefined,
): ReleaseChange<Package> {
  const { componentId } = to
  if (from === undefined) return { kind: 'added', componentId, from: null, to }
  if (from.id === to.id) return { kind: 'unchanged', componentId, from, to }
  return { kind: to.ordinal > from.ordinal ? 'updated' : 'rolled-back', componentId, from, to }
}
