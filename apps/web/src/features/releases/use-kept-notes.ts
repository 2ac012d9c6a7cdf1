import { useState } from 'react'
import { readDraft, writeDraft } from '../../lib/session-draft.ts'
import type { DraftOrigin } from './release-wizard.queries.ts'

/** A new release, a change of the scheduled one and each way back are drafts of their own, with notes of their own. */
const nameOf = ({ packId, rollBackTo, replaces }: DraftOrigin) =>
  ['release-notes', packId, rollBackTo, replaces].join(':')

/** The release notes being written: too long for an address, so they are kept in this tab until the release is confirmed. */
export function useKeptNotes(origin: DraftOrigin, initial: string) {
  const [notes, setNotes] = useState(() => {
    const kept = readDraft(nameOf(origin))
    return typeof kept === 'string' ? kept : initial
  })
  const write = (text: string) => {
    setNotes(text)
    writeDraft(nameOf(origin), text)
  }
  return [notes, write] as const
}

export const forgetNotes = (origin: DraftOrigin) => writeDraft(nameOf(origin), null)
