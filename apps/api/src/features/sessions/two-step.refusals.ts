import { badSignInLimit, lockMinutes } from '@packline/domain/accounts/sign-in-lock.ts'
import { codeMinutes, setupMinutes, type TwoStepRefusal } from '@packline/domain/accounts/two-step-sign-in.ts'
import type { Refusal } from '../../platform/problems.ts'

/** The same for a wrong code, one that was used before, and a locked user. */
export const codeRefused = {
  status: 401,
  code: 'code-refused',
  message:
    'The code is not right, or was used before. Wait for the next one, or use a recovery code. ' +
    `After ${badSignInLimit} bad sign-ins a user is locked for ${lockMinutes} minutes.`,
}

export const signInTooLate = {
  status: 401,
  code: 'sign-in-too-late',
  message: `The code has to come within ${codeMinutes} minutes of the password. Sign in again.`,
}

const words: Record<TwoStepRefusal, { status: number; message: string }> = {
  'password-wrong': { status: 422, message: 'The password is not right.' },
  'password-or-code-wrong': {
    status: 422,
    message: 'The password or the code is not right, or the code was used before. Wait for the next code.',
  },
  'user-locked': {
    status: 429,
    message: `The password or the code was wrong too often. Try again in ${lockMinutes} minutes.`,
  },
  'code-wrong': {
    status: 422,
    message:
      'The code is not right. Enter the one that the app shows now, and check that the clock of its device is right.',
  },
  'two-step-not-started': {
    status: 409,
    message: `The first code has to come within ${setupMinutes} minutes of the password. Begin again.`,
  },
  'two-step-is-on': { status: 409, message: 'Two-step sign-in is on already.' },
  'two-step-is-off': { status: 409, message: 'Two-step sign-in is off already.' },
}

/** What to tell somebody who could not change their two-step sign-in. */
export const twoStepRefusal = (reason: TwoStepRefusal): Refusal => ({ code: reason, ...words[reason] })
