import type { AccountStatusCode } from '@packline/contract/accounts.ts'
import { StatusBadge, type StatusTone } from '../../ui/status-badge.tsx'

export const statusTable: Record<AccountStatusCode, { label: string; tone: StatusTone }> = {
  active: { label: 'Active', tone: 'good' },
  trial: { label: 'Trial', tone: 'accent' },
  unlimited: { label: 'Unlimited', tone: 'good' },
  suspended: { label: 'Suspended', tone: 'bad' },
}

export const statuses: readonly AccountStatusCode[] = ['active', 'trial', 'unlimited', 'suspended']
/** What an account is made or becomes by editing. */
export const openStatuses = ['active', 'trial', 'unlimited'] as const

export function AccountStatus({ status }: { status: AccountStatusCode }) {
  const { label, tone } = statusTable[status]
  return <StatusBadge tone={tone}>{label}</StatusBadge>
}

export const supportTable = {
  BASIC: { label: 'Basic', says: 'production environments only, one Atom in each' },
  UNLIMITED: {
    label: 'Unlimited',
    says: 'any number of Atoms, and test environments where they are licensed',
  },
} as const

export const supportSentence = (support: keyof typeof supportTable) =>
  `${supportTable[support].label}: ${supportTable[support].says}`

export const legacySentence =
  'Packs hold published processes and API Service components, and an account without environments attaches them to Atoms.'
