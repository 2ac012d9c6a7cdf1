import { privilegesNotHeld } from '../access/give-roles.ts'
import type { Privilege } from '../access/privileges.ts'

export type TurnOffFacts = {
  /** The administrator's own, which they turn off with their password and a code. */
  isOwn: boolean
  /** Another account has them as a user, too. */
  isUserElsewhere: boolean
  /** What the user may do in this account, and what the administrator may who asks. */
  ofUser: ReadonlySet<Privilege>
  held: ReadonlySet<Privilege>
}

export type TurnOffRefusal = 'two-step-is-own' | 'two-step-not-turned-off'

/**
 * May an administrator turn off a user's two-step sign-in? Their password then opens everything again that the user may
 * do, so not where that is more than the administrator's, or another account's. Both reasons are told as one, so that
 * nobody learns where else the user works.
 */
export function planTurnOffTwoStep(
  facts: TurnOffFacts,
): { kind: 'turned-off' } | { kind: 'refused'; reason: TurnOffRefusal } {
  if (facts.isOwn) return { kind: 'refused', reason: 'two-step-is-own' }
  const isHarmless = !facts.isUserElsewhere && privilegesNotHeld(facts.held, facts.ofUser).length === 0
  return isHarmless ? { kind: 'turned-off' } : { kind: 'refused', reason: 'two-step-not-turned-off' }
}
