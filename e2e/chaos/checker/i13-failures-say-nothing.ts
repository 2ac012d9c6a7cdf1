import { type RequestEntry, requestsIn } from '../history.ts'
import { damagedHistory, type Invariant } from './evidence.ts'

/** Paths and lines of a stack, statements, addresses with passwords, names of what is inside. */
const inside =
  /\bat\s+\S+\s+\(|\.ts:\d+|node_modules|\b(select .* from|insert into|update|delete from)\s+\\?"|postgres(ql)?:\/\/|prisma|econn|password|\bpid\b|57P0/i
const words = new Set(['code', 'message', 'requestId'])

export const failuresSayNothing: Invariant = {
  id: 'I13',
  says: 'a failure is a 503 that says when to try again, and no failure shows a stack, a statement or a secret',
  find: ({ history }) => Promise.resolve(requestsIn(history).flatMap(problemsOf)),
  controls: [
    damaged('a stack', (text) =>
      text.replace('"message":"', '"message":"at write (/srv/app/idempotency.ts:28:3) '),
    ),
    damaged('a statement', (text) => text.replace('"message":"', '"message":"select * from \\"User\\" ')),
    damagedHistory('a 500', (entry) =>
      entry.kind === 'request' && entry.outcome.kind === 'answered' && entry.outcome.status === 503
        ? [{ ...entry, outcome: { ...entry.outcome, status: 500 } }]
        : undefined,
    ),
  ],
}

function problemsOf({ name, sentAt, outcome }: RequestEntry): string[] {
  if (outcome.kind === 'unknown' || outcome.status < 500) return []
  const { status, text, retryAfter } = outcome
  const where = `${name} at ${sentAt}`
  const found = []
  if (status !== 503) found.push(`${where} answered ${status}: ${text}`)
  if (status === 503 && retryAfter === undefined)
    found.push(`${where} answered 503 without saying when to try again`)
  if (inside.test(text) || !isProblem(text)) found.push(`${where} shows what is inside: ${text}`)
  return found
}

function isProblem(text: string): boolean {
  try {
    const body: unknown = JSON.parse(text)
    return typeof body === 'object' && body !== null && Object.keys(body).every((key) => words.has(key))
  } catch {
    return false
  }
}

function damaged(name: string, change: (text: string) => string) {
  return damagedHistory(name, (entry) =>
    entry.kind === 'request' && entry.outcome.kind === 'answered' && entry.outcome.status === 503
      ? [{ ...entry, outcome: { ...entry.outcome, text: change(entry.outcome.text) } }]
      : undefined,
  )
}
