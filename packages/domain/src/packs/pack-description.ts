import { cleanLines, countCharacters } from '../text/clean-text.ts'

export const packDescriptionLimit = 500

export type PackDescriptionCheck =
  | { kind: 'ok'; description: string }
  | { kind: 'refused'; reason: 'description-too-long' }

/** A pack's description as it is stored: optional, at most 500 characters. */
export function checkPackDescription(text: string): PackDescriptionCheck {
  const description = cleanLines(text)
  return countCharacters(description) > packDescriptionLimit
    ? { kind: 'refused', reason: 'description-too-long' }
    : { kind: 'ok', description }
}
