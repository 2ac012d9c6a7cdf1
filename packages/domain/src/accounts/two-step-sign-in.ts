/** How long after the right password the code may come. */
export const codeMinutes = 5
/** How long after the password the first code may come that turns it on. */
export const setupMinutes = 15
export const recoveryCodeCount = 10

/** As every authenticator app expects (RFC 6238): six digits, another code every 30 seconds. */
export const codeDigits = 6
export const stepSeconds = 30

/** The number of the 30 seconds that an instant lies in, since 1970. */
export const timeStepAt = (at: Temporal.Instant): number =>
  Math.floor(at.epochMilliseconds / (stepSeconds * 1_000))

/**
 * The time steps whose codes count at this instant: clocks may differ by one step, and nothing up to the step of the
 * last code that was taken counts again.
 */
export function openSteps(now: Temporal.Instant, lastStep: number | null): number[] {
  const current = timeStepAt(now)
  return [current - 1, current, current + 1].filter((step) => lastStep === null || step > lastStep)
}

const recoveryAlphabet = /^[A-Z2-7]{24}$/

/** What somebody typed as a code, without the spaces and dashes that make it readable. */
export function readCode(
  text: string,
): { kind: 'one-time' | 'recovery'; code: string } | { kind: 'no-code' } {
  const code = text.replaceAll(/[\s-]/g, '').toUpperCase()
  if (/^\d{6}$/.test(code)) return { kind: 'one-time', code }
  return recoveryAlphabet.test(code) ? { kind: 'recovery', code } : { kind: 'no-code' }
}

/** A code of 24 letters and digits, or a key of 32, in groups of four for whoever reads or types it. */
export const inGroups = (code: string): string => (code.match(/.{1,4}/g) ?? []).join('-')

/** Why somebody could not change their own two-step sign-in. */
export type TwoStepRefusal =
  | 'password-wrong'
  | 'password-or-code-wrong'
  | 'user-locked'
  | 'code-wrong'
  | 'two-step-not-started'
  | 'two-step-is-on'
  | 'two-step-is-off'
