import { cleanLine, countCharacters } from '../text/clean-text.ts'

export const packNameLimit = 255

export type PackNameRefusal = 'name-empty' | 'name-too-long'
export type PackNameCheck = { kind: 'ok'; name: string } | { kind: 'refused'; reason: PackNameRefusal }

/** A pack's name as it is stored: trimmed, 1 to 255 characters (D-11, R-3). Uniqueness is the database's. */
export function checkPackName(text: string): PackNameCheck {
  const name = cleanLine(text)
  if (name === '') return { kind: 'refused', reason: 'name-empty' }
  if (countCharacters(name) > packNameLimit) return { kind: 'refused', reason: 'name-too-long' }
  return { kind: 'ok', name }
}
