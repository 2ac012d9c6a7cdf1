import { isAcknowledged, type RequestEntry } from '../history.ts'

/** What an answer holds; undefined where there is none or it is no JSON. */
export function jsonOf({ outcome }: RequestEntry): unknown {
  if (outcome.kind !== 'answered') return undefined
  try {
    return JSON.parse(outcome.text)
  } catch {
    return undefined
  }
}

/**
 * Writes by intention: everything that was sent under one key by one person is one, a request without a key is one of
 * its own. `answers` are those with success; `isOpen` says that some attempt may have had an effect without saying so.
 */
export function intentionsIn(requests: readonly RequestEntry[]) {
  const writes = requests.filter(({ method }) => method !== 'GET')
  const grouped = Map.groupBy(writes, (one) =>
    one.key === undefined
      ? `request at ${one.sentAt} of ${one.userId}`
      : `${one.userId} ${one.accountId} ${one.key}`,
  )
  return [...grouped.values()].map((attempts) => {
    const answers = attempts.filter(isAcknowledged)
    return {
      attempts,
      answers,
      // Without an answer, or when the database went away, perhaps just as it committed, nobody knows.
      isOpen: attempts.some(({ outcome }) => outcome.kind === 'unknown' || outcome.status === 503),
      isAcknowledged: answers.length > 0,
      sentAt: Math.min(...attempts.map((one) => one.sentAt)),
      endedAt: Math.max(...attempts.map((one) => one.endedAt)),
    }
  })
}

export type Intention = ReturnType<typeof intentionsIn>[number]

/** It happened, as far as anybody was told, or may have. */
export const mayHaveHappened = ({ isAcknowledged: done, isOpen }: Intention) => done || isOpen
