import type { Reply } from '../product/caller.ts'

/** Every request got an answer, and each with one of these statuses; a 503 says when to come back. */
export function expectAnswers(replies: readonly Reply[], allowed: readonly number[]) {
  for (const reply of replies) {
    if (reply.kind === 'unknown') throw new Error(`A request was not answered: ${reply.why}`)
    const { status, text, retryAfter } = reply
    if (!allowed.includes(status))
      throw new Error(`An answer is ${status}, not ${allowed.join(' or ')}: ${text}`)
    if (status === 503 && retryAfter === undefined)
      throw new Error(`A 503 does not say when to come back: ${text}`)
  }
}
