import type { AttachmentStateKind } from '@packline/contract/consumer-releases.ts'
import { StatusBadge, type StatusTone } from '../ui/status-badge.tsx'

export const attachmentStateTable: Record<AttachmentStateKind, { tone: StatusTone; label: string }> = {
  'on-current': { tone: 'good', label: 'Up to date' },
  offered: { tone: 'accent', label: 'Update pending' },
  'waits-for-date': { tone: 'waiting', label: 'Waits for the release date' },
  'applied-early': { tone: 'accent', label: 'Applied early' },
  updating: { tone: 'running', label: 'Updating' },
  'no-longer-shared': { tone: 'warning', label: 'No longer shared' },
}

/** Where an attachment stands between the pack's current and its pending release. */
export function AttachmentBadge({ state }: { state: AttachmentStateKind }) {
  const { tone, label } = attachmentStateTable[state]
  return <StatusBadge tone={tone}>{label}</StatusBadge>
}
