import { useState } from 'react'
import { readDraft, writeDraft } from '../../lib/session-draft.ts'

const nameOf = (packId: string) => `release-notes:${packId}`

/** The release notes being written: too long for an address, so they are kept in this tab until the release is confirmed. */
export function useKeptNotes(packId: string, initial: string) {
  const [notes, setNotes] = useState(() => {
    const kept = readDraft(nameOf(packId))
    return typeof kept === 'string' ? kept : initial
  })
  const write = (text: string) => {
    setNotes(text)
    writeDraft(nameOf(packId), text)
  }
  return [notes, write] as const
}

export const forgetNotes = (packId: string) => writeDraft(nameOf(packId), null)
