import { cleanLines, countCharacters } from './clean-text.ts'

export const notesLimit = 5000

export type NotesCheck = { kind: 'ok'; notes: string } | { kind: 'refused'; reason: 'notes-too-long' }

/** Notes of a package or a release as they are stored: control characters stripped, at most 5,000 characters. */
export function checkNotes(text: string): NotesCheck {
  const notes = cleanLines(text)
  return countCharacters(notes) > notesLimit
    ? { kind: 'refused', reason: 'notes-too-long' }
    : { kind: 'ok', notes }
}
