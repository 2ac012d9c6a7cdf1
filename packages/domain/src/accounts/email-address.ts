import { cleanLine, countCharacters } from '../text/clean-text.ts'

export type EmailCheck =
  | { kind: 'ok'; email: string }
  | { kind: 'refused'; reason: 'email-empty' | 'email-invalid' }

/** The longest that mail servers take (RFC 5321 with erratum 1690). */
const longest = 254
// One @, no spaces, nothing that ends an address in a mail's header, a domain with a dot. The rest the mail server knows.
const shape = /^[^\s@<>"(),:;[\\\]]{1,64}@[^\s@<>"(),:;[\\\]]+\.[^\s@<>"(),:;[\\\].]{2,}$/u

/** An address as it is stored; letter case stays as written and does not count. */
export function checkEmail(text: string): EmailCheck {
  const email = cleanLine(text)
  if (email === '') return { kind: 'refused', reason: 'email-empty' }
  if (countCharacters(email) > longest || !shape.test(email) || email.includes('..')) {
    return { kind: 'refused', reason: 'email-invalid' }
  }
  return { kind: 'ok', email }
}

/**
 * Whether two addresses differ in letter case at most. Stricter than the database, to which a capital İ is an i: mail to
 * such a domain goes to somebody else.
 */
export const isSameAddress = (one: string, other: string): boolean =>
  one.trim().toLowerCase() === other.trim().toLowerCase()
