import type { AtomListItem } from '@packline/contract/atoms.ts'
import type { DeliveryView } from '@packline/contract/updates.ts'
import { formatBytes, plural } from '../../lib/dates.ts'
import type { StatusTone } from '../../ui/status-badge.tsx'

export const deliveryTones: Record<DeliveryView['state'], StatusTone> = {
  WAITING: 'waiting',
  DOWNLOADING: 'running',
  ACTIVE: 'good',
  FAILED: 'bad',
  SUPERSEDED: 'neutral',
}

/** How far one node is, in words: "Downloading 45 % of 2.5 MB". */
export function deliveryText(delivery: DeliveryView, isOnline: boolean): string {
  const { state, cause, attempts, progressBytes, totalBytes } = delivery
  switch (state) {
    case 'WAITING':
      return isOnline ? 'Waiting for its turn' : 'Waiting until the Atom is back'
    case 'DOWNLOADING':
      if (!isOnline) return 'Interrupted until the Atom is back'
      return totalBytes > 0
        ? `Downloading ${Math.floor((progressBytes / totalBytes) * 100)} % of ${formatBytes(totalBytes)}`
        : 'Downloading'
    case 'ACTIVE':
      return 'Active'
    case 'FAILED':
      return `Failed${attempts > 1 ? ` after ${plural(attempts, 'attempt')}` : ''}${cause ? `: ${cause}` : ''}`
    case 'SUPERSEDED':
      return 'Replaced by a newer release'
  }
}

export const isOnline = (atoms: readonly AtomListItem[], atomId: string) =>
  atoms.some(({ id, onlineCount }) => id === atomId && onlineCount > 0)

/** "Active on 1 of 2", for whoever only wants to know whether it has arrived. */
export function arrivedText(deliveries: readonly DeliveryView[]): string | null {
  const relevant = deliveries.filter(({ state }) => state !== 'SUPERSEDED')
  if (relevant.length === 0) return null
  const active = relevant.filter(({ state }) => state === 'ACTIVE').length
  if (active === relevant.length) return relevant.length === 1 ? 'Active' : `Active on all ${active}`
  return `Active on ${active} of ${relevant.length}`
}
