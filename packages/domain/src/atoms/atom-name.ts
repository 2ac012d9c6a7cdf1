import { cleanLine, countCharacters } from '../text/clean-text.ts'

const atomNameLimit = 255

export type AtomNameRefusal = 'name-empty' | 'name-too-long'
export type AtomNameCheck = { kind: 'ok'; name: string } | { kind: 'refused'; reason: AtomNameRefusal }

/** An Atom's name as it is stored: trimmed, 1 to 255 characters. Uniqueness in the account is the database's. */
export function checkAtomName(text: string): AtomNameCheck {
  const name = cleanLine(text)
  if (name === '') return { kind: 'refused', reason: 'name-empty' }
  if (countCharacters(name) > atomNameLimit) return { kind: 'refused', reason: 'name-too-long' }
  return { kind: 'ok', name }
}
