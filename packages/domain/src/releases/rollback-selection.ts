import type { PackagedComponent } from '../packaged-components/packaged-component.ts'
import type { PackState } from './pack-state.ts'
import { type ReleaseChanges, releaseChanges } from './release-changes.ts'
import { type ContentRefusal, checkReleaseContent, type VersionSelection } from './release-content.ts'

/** The wizard's draft for Roll back to this release, with what stands in the way of each version that cannot be taken. */
export type RollbackSelection<Package extends PackagedComponent = PackagedComponent> = {
  selections: readonly VersionSelection[]
  unavailable: readonly { componentId: string; reason: ContentRefusal }[]
  /** Rows of the pack that this release did not contain; they leave. */
  leavingComponentIds: readonly string[]
  changes: ReleaseChanges<Package>
}

/** Takes the versions of an earlier release of this pack as they were (D-5, R-37). */
export function rollbackSelection<Package extends PackagedComponent>(
  earlier: readonly Package[],
  pack: PackState<Package>,
): RollbackSelection<Package> {
  const selections: VersionSelection[] = []
  const content: Package[] = []
  const unavailable: { componentId: string; reason: ContentRefusal }[] = []
  for (const { componentId, id } of earlier) {
    const selection = { componentId, packageId: id }
    const check = checkReleaseContent([selection], pack)
    if (check.kind === 'refused') {
      unavailable.push({ componentId, reason: check.reason })
    } else {
      selections.push(selection)
      content.push(...check.content)
    }
  }
  const selected = new Set(selections.map(({ componentId }) => componentId))
  return {
    selections,
    unavailable,
    leavingComponentIds: pack.items
      .map(({ componentId }) => componentId)
      .filter((componentId) => !selected.has(componentId)),
    changes: releaseChanges(pack.current, content),
  }
}
