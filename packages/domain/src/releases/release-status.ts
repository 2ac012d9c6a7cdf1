export type ReleaseStatus = 'SCHEDULED' | 'IN_PROGRESS' | 'SUCCESS' | 'ERROR' | 'SUPERSEDED' | 'CANCELLED'

export type ReleaseTiming = 'IMMEDIATE' | 'DATED'

/** Each status: its name on screen and what it may become. SCHEDULED → SCHEDULED is a reschedule or Release now. */
export const releaseStatusTable: Record<
  ReleaseStatus,
  { label: string; mayBecome: readonly ReleaseStatus[] }
> = {
  SCHEDULED: { label: 'Scheduled', mayBecome: ['SCHEDULED', 'IN_PROGRESS', 'SUPERSEDED', 'CANCELLED'] },
  IN_PROGRESS: { label: 'Releasing', mayBecome: ['SUCCESS', 'ERROR'] },
  SUCCESS: { label: 'Released', mayBecome: [] },
  ERROR: { label: 'Failed', mayBecome: ['IN_PROGRESS', 'SUPERSEDED'] },
  SUPERSEDED: { label: 'Replaced', mayBecome: [] },
  CANCELLED: { label: 'Cancelled', mayBecome: [] },
}

/** Whether a release may go from one status to the other. */
export function mayBecome(from: ReleaseStatus, to: ReleaseStatus): boolean {
  return releaseStatusTable[from].mayBecome.includes(to)
}

export type ReleasePhase = 'waiting-for-date' | 'going-out' | 'over'

/**
 * Where a release stands: an immediate one is going out from its confirmation, also before the job has claimed it.
 * A failed one is over until someone tries it again.
 */
export function releasePhase({
  status,
  timing,
}: {
  status: ReleaseStatus
  timing: ReleaseTiming
}): ReleasePhase {
  if (status === 'IN_PROGRESS') return 'going-out'
  if (status !== 'SCHEDULED') return 'over'
  return timing === 'DATED' ? 'waiting-for-date' : 'going-out'
}

export type NotScheduledRefusal = 'release-already-out' | 'release-not-scheduled'

/** Why a release is no longer one that waits for its date, or null when it is. */
export function whyNotScheduled(release: {
  status: ReleaseStatus
  timing: ReleaseTiming
}): NotScheduledRefusal | null {
  if (releasePhase(release) === 'waiting-for-date') return null
  return release.status === 'SUPERSEDED' || release.status === 'CANCELLED'
    ? 'release-not-scheduled'
    : 'release-already-out'
}
