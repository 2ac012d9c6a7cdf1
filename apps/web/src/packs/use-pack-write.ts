import type { PackView } from '@packline/contract/integration-packs.ts'
import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { hasCode } from '../lib/api-problem.ts'
import { sendOnce } from '../lib/send-once.ts'
import { etagOf, type WriteOptions } from '../request.ts'
import { forgetRemoved, queryClient, remove } from '../query-client.ts'
import { packQueries, readPackAgain, refreshPacks } from './pack-queries.ts'

type PackWriteOptions<Input, Result> = {
  /** The pack as the user sees it; the write is refused when somebody has changed it since. */
  pack: PackView
  /** What is done, in one word or two: part of the key against doing it twice. */
  act: string
  send: (input: Input, options: WriteOptions) => Promise<Result>
  onDone: (result: Result, input: Input) => void | Promise<void>
  /** The pack is gone afterwards, so nothing of it is read again. */
  endsPack?: boolean
}

type Attempt<Input> = { input: Input; version: number }

/** One change of a pack: sent once however often it is clicked, decided on the state seen, and safe to try again. */
export function usePackWrite<Input, Result>({
  pack,
  act,
  send,
  onDone,
  endsPack = false,
}: PackWriteOptions<Input, Result>) {
  const [conflict, setConflict] = useState<{ input: Input; seen: PackView; current: PackView } | null>(null)
  // A second click comes before the button can show that the first one is under way.
  const isSending = useRef(false)
  const mutation = useMutation({
    mutationFn: ({ input, version }: Attempt<Input>) => {
      const sending = () =>
        sendOnce({ act, packId: pack.id, version, input }, (idempotencyKey) =>
          send(input, { idempotencyKey, ifMatch: etagOf(version) }),
        )
      return endsPack ? remove(packQueries.of(pack.id), sending) : sending()
    },
    onSuccess: async (result, { input }) => {
      setConflict(null)
      if (!endsPack) {
        await refreshPacks()
        return onDone(result, input)
      }
      queryClient.setQueryData(packQueries.list().queryKey, (before) =>
        before?.filter(({ id }) => id !== pack.id),
      )
      await onDone(result, input)
      forgetRemoved(packQueries.of(pack.id))
      await refreshPacks()
    },
    onError: async (error, { input }) => {
      if (!hasCode(error, 'pack-changed')) return
      setConflict({ input, seen: pack, current: await readPackAgain(pack.id) })
      // Lists and the history beside it are just as old.
      void refreshPacks()
    },
    onSettled: () => {
      isSending.current = false
    },
  })
  const start = (attempt: Attempt<Input>) => {
    if (isSending.current) return
    isSending.current = true
    mutation.mutate(attempt)
  }
  const isConflict = hasCode(mutation.error, 'pack-changed')
  return {
    run: (input: Input) => start({ input, version: pack.version }),
    isBusy: mutation.isPending,
    error: isConflict ? null : mutation.error,
    conflict,
    /** Does it although the pack has changed. */
    runAnyway: () => {
      if (conflict) start({ input: conflict.input, version: conflict.current.version })
    },
    reset: () => {
      setConflict(null)
      mutation.reset()
    },
  }
}
