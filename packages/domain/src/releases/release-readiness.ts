import type { PackagedComponent } from '../packaged-components/packaged-component.ts'
import { type PackContents, packRows } from '../packs/pack-rows.ts'
import { type ReleaseChanges, releaseChanges } from './release-changes.ts'

export type NothingToRelease =
  | 'pack-empty'
  | 'only-deletions-left'
  | 'all-released'
  | 'release-scheduled'
  | 'release-in-progress'

export type ReleaseReadiness<Package extends PackagedComponent = PackagedComponent> =
  | {
      kind: 'ready'
      /** What a release of the default versions would change for consumers. */
      changes: ReleaseChanges<Package>
      /** A release is scheduled: only an immediate one is possible, and it ends the testing period. */
      endsTestingPeriod: boolean
    }
  | { kind: 'nothing-to-release'; why: NothingToRelease }

/**
 * Whether Release Integration Pack is shown, or what its place explains (R-26, D-5, D-10). `release-scheduled`: the
 * scheduled release has everything there is; change that one instead.
 */
export function releaseReadiness<Package extends PackagedComponent>(
  contents: PackContents<Package>,
  isReleasing: boolean,
): ReleaseReadiness<Package> {
  const nothing = (why: NothingToRelease) => ({ kind: 'nothing-to-release', why }) as const
  if (isReleasing) return nothing('release-in-progress')

  const rows = packRows(contents)
  if (rows.length === 0) return nothing('pack-empty')
  const defaults = rows.flatMap(({ defaultVersion }) => defaultVersion ?? [])
  if (defaults.length === 0) return nothing('only-deletions-left')

  const changes = releaseChanges(contents.current, defaults)
  const { scheduled } = contents
  if (scheduled === null) {
    return changes.hasChanges ? { kind: 'ready', changes, endsTestingPeriod: false } : nothing('all-released')
  }
  const beyondScheduled = releaseChanges(scheduled.content, defaults).hasChanges
  return changes.hasChanges && beyondScheduled
    ? { kind: 'ready', changes, endsTestingPeriod: true }
    : nothing('release-scheduled')
}
