import { cleanLine, countCharacters } from '../text/clean-text.ts'

export const personNameLimit = 100

export type PersonNameCheck = { kind: 'ok'; name: string } | { kind: 'refused'; reason: 'name-too-long' }

/** A first or last name as it is stored: trimmed, at most 100 characters. Not everybody has both, so it may be empty. */
export function checkPersonName(text: string): PersonNameCheck {
  const name = cleanLine(text)
  return countCharacters(name) > personNameLimit
    ? { kind: 'refused', reason: 'name-too-long' }
    : { kind: 'ok', name }
}

type Person = { firstName: string; lastName: string; email: string }

/** What a person is called on screen and in the audit log: the names they have, else the e-mail address. */
export const writePerson = ({ firstName, lastName, email }: Person): string =>
  [firstName, lastName].filter(Boolean).join(' ') || email
