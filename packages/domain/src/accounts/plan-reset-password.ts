import { privilegesNotHeld } from '../access/give-roles.ts'
import type { Privilege } from '../access/privileges.ts'

export type ResetLinkFacts = {
  /** A mail server takes the link to the user's own address. */
  hasMailServer: boolean
  /** Nobody else than this account lets the user in. */
  isInThisAccountOnly: boolean
  /** What the user may do in this account, and what the administrator may who asks. */
  ofUser: ReadonlySet<Privilege>
  held: ReadonlySet<Privilege>
}

/**
 * Where the link goes that an administrator asks for. Whoever has it becomes that user, so it is shown only where it
 * makes the administrator nobody they could not be already: a user of this account alone, with no privilege beyond the
 * administrator's. Both reasons are told as one, so that nobody learns where else the user works.
 */
export function planResetLink(
  facts: ResetLinkFacts,
): { kind: 'mailed' } | { kind: 'shown' } | { kind: 'refused'; reason: 'link-not-shown' } {
  if (facts.hasMailServer) return { kind: 'mailed' }
  const isHarmless = facts.isInThisAccountOnly && privilegesNotHeld(facts.held, facts.ofUser).length === 0
  return isHarmless ? { kind: 'shown' } : { kind: 'refused', reason: 'link-not-shown' }
}

export type ResetTokenRefusal = 'reset-unknown' | 'reset-used' | 'reset-expired'

/** May this link still set a new password? */
export function judgeResetLink(
  reset: { isUsed: boolean; isExpired: boolean } | undefined,
): { kind: 'open' } | { kind: 'refused'; reason: ResetTokenRefusal } {
  if (!reset) return { kind: 'refused', reason: 'reset-unknown' }
  if (reset.isUsed) return { kind: 'refused', reason: 'reset-used' }
  return reset.isExpired ? { kind: 'refused', reason: 'reset-expired' } : { kind: 'open' }
}
