import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiProblem } from './api-problem.ts'

type SaveSeen<Input, Result> = {
  /** The tag of what the form began with. */
  etag: string | null
  /** Saves if that is still how it is; without a tag, however it is. */
  send: (input: Input, ifMatch: string | undefined) => Promise<Result>
  onSaved: (result: Result) => void | Promise<void>
}

type Attempt<Input> = { input: Input; ifMatch: string | undefined }

/**
 * Saves what was decided on what somebody saw. When it has been changed since, nothing is saved and `conflict` says so,
 * with how it is now. What is read anew behind the form does not change what was decided on.
 */
export function useSaveSeen<Input, Result>({ etag, send, onSaved }: SaveSeen<Input, Result>) {
  const [seen] = useState(etag)
  const { mutate, isPending, isSuccess, error, variables, reset } = useMutation({
    mutationFn: ({ input, ifMatch }: Attempt<Input>) => send(input, ifMatch),
    onSuccess: (result) => onSaved(result),
  })
  const start = (attempt: Attempt<Input>) => {
    if (!isPending) mutate(attempt)
  }
  const refusal = error instanceof ApiProblem && error.status === 412 ? error : null
  return {
    save: (input: Input, tag: string | null = seen) => start({ input, ifMatch: tag ?? undefined }),
    isSaving: isPending,
    isSaved: isSuccess,
    reset,
    error: refusal ? null : error,
    conflict: refusal &&
      variables && {
        message: refusal.message,
        current: refusal.details['current'],
        saveAnyway: () => start({ input: variables.input, ifMatch: undefined }),
      },
  }
}

/** A text of what came with the refusal; empty when there is none of that name. */
export function textIn(current: unknown, name: string): string {
  const value: unknown =
    typeof current === 'object' && current !== null ? Reflect.get(current, name) : undefined
  return typeof value === 'string' ? value : ''
}
