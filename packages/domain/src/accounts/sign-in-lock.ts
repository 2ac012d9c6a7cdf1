/** Six bad sign-ins in a row lock a user. */
export const badSignInLimit = 6
export const lockMinutes = 15

export type SignInState = { failedSignIns: number; lockedUntil: Temporal.Instant | null }
export type SignInDecision = { kind: 'accepted' | 'locked' | 'wrong-password'; state: SignInState }

const clean: SignInState = { failedSignIns: 0, lockedUntil: null }

/**
 * Decides a sign-in and how the user stands afterwards. While the lock lasts not even the right password opens it, and
 * wrong ones do not prolong it, so that nobody can keep a victim out for ever by one attempt now and then.
 */
export function judgeSignIn(
  before: SignInState,
  passwordMatches: boolean,
  now: Temporal.Instant,
): SignInDecision {
  if (isLocked(before, now)) return { kind: 'locked', state: before }
  if (passwordMatches) return { kind: 'accepted', state: clean }

  const failedSignIns = (before.lockedUntil === null ? before.failedSignIns : 0) + 1
  const lockedUntil = failedSignIns < badSignInLimit ? null : now.add({ minutes: lockMinutes })
  return { kind: 'wrong-password', state: { failedSignIns, lockedUntil } }
}

/**
 * Decides on a password. Where a code has to follow, the right password forgives no bad sign-ins: otherwise whoever knows
 * it could guess codes without end, and show it before each lock.
 */
export function judgeFirstStep(
  before: SignInState & { hasSecondStep: boolean },
  passwordMatches: boolean,
  now: Temporal.Instant,
): SignInDecision {
  const decision = judgeSignIn(before, passwordMatches, now)
  if (decision.kind !== 'accepted' || !before.hasSecondStep) return decision
  const { failedSignIns, lockedUntil } = before
  return { kind: 'accepted', state: { failedSignIns, lockedUntil } }
}

/** A lock further away than it can have been set was set before the clock went back, and is over. */
export function isLocked({ lockedUntil }: Pick<SignInState, 'lockedUntil'>, now: Temporal.Instant): boolean {
  if (lockedUntil === null) return false
  const isAhead = Temporal.Instant.compare(now, lockedUntil) < 0
  return isAhead && Temporal.Instant.compare(lockedUntil, now.add({ minutes: lockMinutes })) <= 0
}
