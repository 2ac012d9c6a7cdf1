import { cleanLine, countCharacters } from '../text/clean-text.ts'

export const accountNameLimit = 255

export type AccountNameRefusal = 'name-empty' | 'name-too-long'
export type AccountNameCheck = { kind: 'ok'; name: string } | { kind: 'refused'; reason: AccountNameRefusal }

/** An account's name as it is stored: trimmed, 1 to 255 characters. Uniqueness is the database's. */
export function checkAccountName(text: string): AccountNameCheck {
  const name = cleanLine(text)
  if (name === '') return { kind: 'refused', reason: 'name-empty' }
  if (countCharacters(name) > accountNameLimit) return { kind: 'refused', reason: 'name-too-long' }
  return { kind: 'ok', name }
}
