import type { AccountUserView } from '@packline/contract/account-users.ts'
import { Moment } from '../../ui/moment.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'

export const nameOf = ({
  firstName,
  lastName,
  email,
}: Pick<AccountUserView, 'firstName' | 'lastName' | 'email'>) =>
  [firstName, lastName].filter(Boolean).join(' ') || email

export const labelsOf = (roles: readonly { label: string }[]) => roles.map(({ label }) => label).join(', ')

/** Whether somebody can sign in right now. */
export function SignInStatus({ lockedUntil, zone }: { lockedUntil: string | null; zone: string }) {
  if (lockedUntil === null) return <StatusBadge tone="good">Open</StatusBadge>
  return (
    <StatusBadge tone="bad">
      Locked until <Moment at={lockedUntil} zone={zone} />
    </StatusBadge>
  )
}

/** Whether the password alone signs somebody in. */
export function TwoStepSince({ at, zone }: { at: string | null; zone: string }) {
  if (at === null) return 'Off'
  return (
    <>
      On since <Moment at={at} zone={zone} />
    </>
  )
}
