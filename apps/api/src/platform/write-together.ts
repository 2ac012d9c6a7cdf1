import { actingAs } from '@packline/database/acting.ts'
import type { Tx } from '@packline/database/client.ts'
import type { FastifyRequest } from 'fastify'
import type { AccountScope } from './actor.ts'
import { batchLoads } from './batch-loads.ts'
import { businessNow } from './clock.ts'
import { databaseOutage } from './database-errors.ts'
import type { Deps } from './deps.ts'
import {
  type Answer,
  claimKeys,
  claimOf,
  giveKeysBack,
  nameOfKey,
  storeAnswers,
  write,
} from './idempotency.ts'
import { RequestRefused } from './problems.ts'

export type Asked<Input> = { request: FastifyRequest; input: Input }

/** A kind of write that can be done for many requests of an account in one transaction. */
export type SharedWrite<Input> = {
  /** What it changes: requests about the same are done one after the other, each by itself. */
  subjectOf: (input: Input) => string
  /** Does one, waiting for whoever has its subject. */
  one: (tx: Tx, asked: Asked<Input>, now: Temporal.Instant) => Promise<Answer>
  /** Does several and answers in their order; undefined where somebody else has the subject, which is then done alone. */
  many: (
    tx: Tx,
    scope: AccountScope,
    asked: readonly Asked<Input>[],
    now: Temporal.Instant,
  ) => Promise<readonly (Answer | undefined)[]>
}

const defaultLimits = {
  /** Requests that one transaction does. */
  together: 50,
  /** Requests that wait for their turn: more than these are refused at once. */
  waiting: 2_000,
  /** How long one may wait for its turn: whoever asked has given up soon after. */
  waitMillis: 8_000,
}
type Limits = typeof defaultLimits

type Waiting<Input> = Asked<Input> & { since: number }
type Outcome = { kind: 'answered'; answer: Answer } | { kind: 'too-late' }

/**
 * Runs writes as `write` does, with the same promises, but those of one account that come while others are being done
 * share the next transaction: a thousand at once cost some twenty transactions instead of a thousand. Each keeps its own
 * outcome and key. What cannot be done together is done alone: a second request about the same subject, one whose key
 * was used before, one whose subject somebody else has, and all of a transaction that failed, so that one at fault does not
 * fail the others.
 */
export function writeTogether<Input>(
  deps: Pick<Deps, 'db'>,
  shared: SharedWrite<Input>,
  limits: Limits = defaultLimits,
): (request: FastifyRequest, input: Input) => Promise<Answer> {
  const queues = new Map<string, ReturnType<typeof openQueue<Input>>>()
  let waiting = 0
  return async (request, input) => {
    if (waiting >= limits.waiting) throw new RequestRefused(overloaded)
    const { accountId } = request.actor
    const queue = queues.get(accountId) ?? openQueue({ deps, shared, limits }, accountId)
    queues.set(accountId, queue)
    waiting += 1
    try {
      const outcome = await queue.join({ request, input, since: performance.now() })
      if (outcome?.kind === 'too-late') throw new RequestRefused(overloaded)
      if (outcome) return outcome.answer
    } finally {
      waiting -= 1
      if (queue.isEmpty()) queues.delete(accountId)
    }
    return write(deps, request, (tx, now) => shared.one(tx, { request, input }, now))
  }
}

const overloaded = {
  status: 503,
  code: 'overloaded',
  message: 'The server is busy. Nothing was changed; try again in a moment.',
}

type Setting<Input> = { deps: Pick<Deps, 'db'>; shared: SharedWrite<Input>; limits: Limits }

/** The requests of one account. Joining gives undefined where the request has to be done alone. */
function openQueue<Input>(setting: Setting<Input>, scope: AccountScope) {
  const { shared, limits } = setting
  const bySubject = new Map<string, Waiting<Input>>()
  const keys = new Set<string>()
  const load = batchLoads(
    (subjects) =>
      doTogether(
        setting,
        scope,
        subjects.flatMap((subject) => bySubject.get(subject) ?? []),
      ),
    { size: limits.together, atOnce: 2, failsForAll: databaseOutage },
  )
  return {
    isEmpty: () => bySubject.size === 0,
    join: async (asked: Waiting<Input>): Promise<Outcome | undefined> => {
      const subject = shared.subjectOf(asked.input)
      const claim = claimOf(asked.request)
      const key = claim && nameOfKey(claim)
      if (bySubject.has(subject) || (key !== undefined && keys.has(key))) return undefined
      bySubject.set(subject, asked)
      if (key !== undefined) keys.add(key)
      try {
        return await actingAs({ kind: 'account', accountId: scope }, () => load(subject))
      } finally {
        bySubject.delete(subject)
        if (key !== undefined) keys.delete(key)
      }
    },
  }
}

/** By subject; those that are missing are to be done alone. */
async function doTogether<Input>(
  { deps, shared, limits }: Setting<Input>,
  scope: AccountScope,
  waiting: readonly Waiting<Input>[],
): Promise<ReadonlyMap<string, Outcome>> {
  const outcomes = new Map<string, Outcome>()
  const inTime = waiting.filter(({ input, since }) => {
    if (performance.now() - since < limits.waitMillis) return true
    outcomes.set(shared.subjectOf(input), { kind: 'too-late' })
    return false
  })
  if (inTime.length === 0) return outcomes
  try {
    const answers = await deps.db.$transaction((tx) => answerTogether(tx, shared, scope, inTime))
    for (const [subject, answer] of answers) outcomes.set(subject, { kind: 'answered', answer })
  } catch (error) {
    if (databaseOutage(error)) throw error
  }
  return outcomes
}

async function answerTogether<Input>(
  tx: Tx,
  { subjectOf, many }: SharedWrite<Input>,
  scope: AccountScope,
  waiting: readonly Waiting<Input>[],
) {
  const claimed = waiting.map((asked) => ({ asked, claim: claimOf(asked.request) }))
  const taken = await claimKeys(
    tx,
    claimed.flatMap(({ claim }) => claim ?? []),
  )
  const open = claimed.filter(({ claim }) => !claim || taken.has(nameOfKey(claim)))
  if (open.length === 0) return new Map<string, Answer>()
  const answers = await many(
    tx,
    scope,
    open.map(({ asked }) => asked),
    await businessNow(tx),
  )
  const results = open.map((one, index) => ({ ...one, answer: answers[index] }))
  // A refusal leaves nothing behind, its key included, so that the request can be mended and sent again.
  const isDone = (answer: Answer | undefined) => answer !== undefined && answer.status < 400
  await giveKeysBack(
    tx,
    results.flatMap(({ claim, answer }) => (claim && !isDone(answer) ? claim : [])),
  )
  await storeAnswers(
    tx,
    results.flatMap(({ claim, answer }) => (claim && answer && isDone(answer) ? { claim, answer } : [])),
  )
  return new Map(
    results.flatMap(({ asked, answer }) => (answer ? [[subjectOf(asked.input), answer] as const] : [])),
  )
}
