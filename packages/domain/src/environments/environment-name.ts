import { cleanLine, countCharacters } from '../text/clean-text.ts'

const environmentNameLimit = 80

export type EnvironmentNameRefusal = 'name-empty' | 'name-too-long'
export type EnvironmentNameCheck =
  | { kind: 'ok'; name: string }
  | { kind: 'refused'; reason: EnvironmentNameRefusal }

/** An environment's name as it is stored: trimmed, 1 to 80 characters. Uniqueness is the database's. */
export function checkEnvironmentName(text: string): EnvironmentNameCheck {
  const name = cleanLine(text)
  if (name === '') return { kind: 'refused', reason: 'name-empty' }
  if (countCharacters(name) > environmentNameLimit) return { kind: 'refused', reason: 'name-too-long' }
  return { kind: 'ok', name }
}
