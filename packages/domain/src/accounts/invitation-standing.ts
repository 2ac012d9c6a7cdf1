import { isSameAddress } from './email-address.ts'

export type InvitationFacts = { isAccepted: boolean; isWithdrawn: boolean; isExpired: boolean }

/** What has become of an invitation; only an open one lets anybody in. */
export type InvitationStanding = 'open' | 'accepted' | 'withdrawn' | 'expired'

export function invitationStanding(facts: InvitationFacts): InvitationStanding {
  if (facts.isAccepted) return 'accepted'
  if (facts.isWithdrawn) return 'withdrawn'
  return facts.isExpired ? 'expired' : 'open'
}

/** An invitation is for the person who has its address, not for whoever came by its link while signed in. */
export const isInvited = (invitedEmail: string, signedInEmail: string): boolean =>
  isSameAddress(invitedEmail, signedInEmail)
