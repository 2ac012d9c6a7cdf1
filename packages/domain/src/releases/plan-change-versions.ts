import type { PackagedComponent } from '../packaged-components/packaged-component.ts'
import type { PackState } from './pack-state.ts'
import {
  type PlannedRelease,
  planContentAndSchedule,
  type ReleaseRefusal,
  type ReleaseRequest,
} from './plan-release.ts'
import { releaseChanges } from './release-changes.ts'

export type ChangeVersionsRefusal = ReleaseRefusal | { kind: 'refused'; reason: 'release-not-scheduled' }

/**
 * Change versions: the wizard again over the scheduled release. Gives a new release that supersedes it, in the zone
 * of whoever changes it (D-2); attachments that applied the old one early stay on it (D-3). The versions must differ
 * from those already scheduled: for the date alone there is Reschedule.
 */
export function planChangeVersions<Package extends PackagedComponent>(
  request: ReleaseRequest<Package>,
): PlannedRelease<Package> | ChangeVersionsRefusal {
  const { pack } = request
  if (pack.isReleasing) return { kind: 'refused', reason: 'release-in-progress' }
  if (pack.scheduled === null) return { kind: 'refused', reason: 'release-not-scheduled' }

  const plan = planContentAndSchedule(request)
  if (plan.kind === 'planned' && isScheduledContent(plan.content, pack)) {
    return { kind: 'refused', reason: 'versions-unchanged' }
  }
  return plan
}

function isScheduledContent(content: readonly PackagedComponent[], { scheduled }: PackState): boolean {
  return !releaseChanges(scheduled?.content ?? [], content).hasChanges
}
