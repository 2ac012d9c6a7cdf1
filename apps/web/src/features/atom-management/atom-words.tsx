import type { AtomListItem, AtomStatusCode } from '@packline/contract/atoms.ts'
import { formatCount } from '../../lib/dates.ts'
import { StatusBadge, type StatusTone } from '../../ui/status-badge.tsx'

export const statusTable: Record<AtomStatusCode, { tone: StatusTone; label: string }> = {
  ONLINE: { tone: 'good', label: 'Online' },
  WARNING: { tone: 'warning', label: 'Partly online' },
  OFFLINE: { tone: 'bad', label: 'Offline' },
  UNKNOWN: { tone: 'neutral', label: 'Unknown' },
}

/** The status of an Atom as icon and word; of a Molecule that is partly online also how far. */
export function AtomStatusBadge({
  atom: { status, onlineCount, nodeCount },
}: {
  atom: Pick<AtomListItem, 'status' | 'onlineCount' | 'nodeCount'>
}) {
  const { tone, label } = statusTable[status]
  return (
    <StatusBadge tone={tone}>
      {status === 'WARNING' ? `${formatCount(onlineCount)} of ${formatCount(nodeCount)} online` : label}
    </StatusBadge>
  )
}

export const classificationLabels = { PRODUCTION: 'Production', TEST: 'Test' } as const
