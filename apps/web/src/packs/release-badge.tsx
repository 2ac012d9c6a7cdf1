import type { ReleaseSummary } from '@packline/contract/releases.ts'
import { type ReleaseStatus, releaseStatusTable } from '@packline/domain/releases/release-status.ts'
import { StatusBadge, type StatusTone } from '../ui/status-badge.tsx'

const tones: Record<ReleaseStatus, StatusTone> = {
  SCHEDULED: 'waiting',
  IN_PROGRESS: 'running',
  SUCCESS: 'good',
  ERROR: 'bad',
  SUPERSEDED: 'neutral',
  CANCELLED: 'neutral',
}

type ReleaseBadgeProps = { release: Pick<ReleaseSummary, 'status' | 'timing'> }

/** The status of a release. An immediate one is on its way out from its confirmation. */
export function ReleaseBadge({ release: { status, timing } }: ReleaseBadgeProps) {
  const shown = status === 'SCHEDULED' && timing === 'IMMEDIATE' ? 'IN_PROGRESS' : status
  return <StatusBadge tone={tones[shown]}>{releaseStatusTable[shown].label}</StatusBadge>
}
