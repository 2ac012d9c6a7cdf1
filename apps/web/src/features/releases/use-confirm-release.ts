import type { CreateReleaseBody, ReleaseView } from '@packline/contract/releases.ts'
import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { api } from '../../api.ts'
import { ApiProblem } from '../../lib/api-problem.ts'
import { readDraft, writeDraft } from '../../lib/session-draft.ts'
import { sendOnce } from '../../lib/send-once.ts'
import { refreshPacks } from '../../packs/pack-queries.ts'
import { etagOf } from '../../request.ts'
import type { DraftOrigin } from './release-wizard.queries.ts'
import { forgetNotes } from './use-kept-notes.ts'

/** What was confirmed, of which draft, decided on this version of the pack. */
export type Confirmation = Omit<DraftOrigin, 'packId'> & { body: CreateReleaseBody; packVersion: number }

const unheardName = (packId: string) => `release-unheard:${packId}`

/**
 * Confirms a release once, however often it is clicked. When no answer comes, what was sent is kept in this tab, so
 * that trying again, also after a reload, sends exactly the same under the same key and gets the first answer.
 */
export function useConfirmRelease(packId: string, onConfirmed: (release: ReleaseView) => void) {
  const [unheard, setUnheard] = useState(() => readConfirmation(packId))
  const keep = (confirmation: Confirmation | null) => {
    writeDraft(unheardName(packId), confirmation)
    setUnheard(confirmation)
  }
  // A second click comes before the button can show that the first one is under way.
  const isSending = useRef(false)
  const mutation = useMutation({
    mutationFn: (confirmation: Confirmation) => {
      writeDraft(unheardName(packId), confirmation)
      return sendOnce({ act: 'release', packId, ...confirmation }, (idempotencyKey) =>
        send(packId, confirmation, idempotencyKey),
      )
    },
    onSuccess: async (release, { rollBackTo, replaces }) => {
      keep(null)
      forgetNotes({ packId, rollBackTo, replaces })
      await refreshPacks()
      onConfirmed(release)
    },
    onError: (error, confirmation) => {
      const isAnswered = error instanceof ApiProblem && error.status < 500
      keep(isAnswered ? null : confirmation)
    },
    onSettled: () => {
      isSending.current = false
    },
  })
  return {
    confirm: (confirmation: Confirmation) => {
      if (isSending.current) return
      isSending.current = true
      mutation.mutate(confirmation)
    },
    isBusy: mutation.isPending,
    error: mutation.error,
    reset: mutation.reset,
    /** Sent, and nobody knows whether it was done. */
    unheard: mutation.isPending ? null : unheard,
    forgetUnheard: () => keep(null),
  }
}

function send(packId: string, { body, replaces, packVersion }: Confirmation, idempotencyKey: string) {
  const options = { idempotencyKey, ifMatch: etagOf(packVersion) }
  return replaces === null
    ? api.createRelease({ packId, ...options }, body)
    : api.changeVersions({ releaseId: replaces, ...options }, body)
}

function readConfirmation(packId: string): Confirmation | null {
  const kept = readDraft(unheardName(packId))
  const isOurs = typeof kept === 'object' && kept !== null && 'body' in kept && 'packVersion' in kept
  // Written by `keep` in this tab and by nobody else.
  return isOurs ? (kept as Confirmation) : null
}
