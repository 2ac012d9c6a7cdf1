import { passwordMinimum, type PasswordRefusal } from '@packline/domain/accounts/password-rules.ts'

/** What to tell whoever chooses a password that may not be one, wherever they choose it. */
export const passwordSentences: Record<PasswordRefusal, string> = {
  'password-too-short': `A password needs at least ${passwordMinimum} characters.`,
  'password-too-long': 'A password has at most 1,024 characters.',
  'password-too-common':
    'This password is among those that are tried first. Choose one that nobody else would think of.',
  'password-is-email': 'A password must not be your e-mail address.',
}
