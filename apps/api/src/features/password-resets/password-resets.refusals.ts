import { resetMinutes, resetsPerHour } from '@packline/domain/accounts/link-limits.ts'
import type { PasswordRefusal } from '@packline/domain/accounts/password-rules.ts'
import type { ResetTokenRefusal } from '@packline/domain/accounts/plan-reset-password.ts'
import { passwordSentences } from '../../platform/password-sentences.ts'
import type { Refusal } from '../../platform/problems.ts'

type Reason = PasswordRefusal | ResetTokenRefusal | 'link-not-shown' | 'too-many-resets'

const password = (reason: PasswordRefusal) => ({
  status: 422,
  field: 'password',
  message: passwordSentences[reason],
})

const words: Record<Reason, { status: number; message: string; field?: string }> = {
  'password-too-short': password('password-too-short'),
  'password-too-long': password('password-too-long'),
  'password-too-common': password('password-too-common'),
  'password-is-email': password('password-is-email'),
  'reset-unknown': {
    status: 404,
    message: 'This link is not valid. It may be incomplete: copy it whole, or ask for a new one.',
  },
  'reset-used': {
    status: 410,
    message:
      'This link is for nothing any more: a new password has been set since. Sign in with it, or ask for a new link.',
  },
  'reset-expired': {
    status: 410,
    message: `This link has expired: it works for ${resetMinutes} minutes. Ask for a new one.`,
  },
  'link-not-shown': {
    status: 409,
    message:
      'Without a mail server a link is shown only for users who work in this account alone and hold no privilege that you ' +
      'lack. For this user whoever runs Packline has to set up a mail server (SMTP_URL).',
  },
  'too-many-resets': {
    status: 429,
    message: `This user was sent ${resetsPerHour} links within the last hour. Let them use the last one, or try again later.`,
  },
}

/** What to tell somebody who could not send or use a link for a new password. */
export function resetRefusal(reason: Reason): Refusal {
  const { status, message, field } = words[reason]
  return { status, code: reason, message, ...(field && { fields: [{ path: field, message }] }) }
}
