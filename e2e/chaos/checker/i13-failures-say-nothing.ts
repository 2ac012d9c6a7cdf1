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
    refusedInstead('a stack', { message: 'at write (/srv/app/idempotency.ts:28:3)' }),
    refusedInstead('a statement', { message: 'select * from "User"' }),
    refusedInstead('a 500', { status: 500 }),
    refusedInstead('a 503 without Retry-After', { retryAfter: undefined }),
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

/** Instead of some answer, a refusal that is all right but for one thing. */
function refusedInstead(
  name: string,
  { message = 'Try again.', ...rest }: { message?: string; status?: number; retryAfter?: undefined },
) {
  return damagedHistory(name, (entry) => {
    if (entry.kind !== 'request') return undefined
    const text = JSON.stringify({ code: 'database-unavailable', message, requestId: 'a' })
    return [{ ...entry, outcome: { kind: 'answered', status: 503, retryAfter: '2', text, ...rest } }]
  })
}
