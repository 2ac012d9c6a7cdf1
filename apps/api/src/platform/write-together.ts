import { actingAs } from '@packline/database/acting.ts'
import type { Tx } from '@packline/database/client.ts'
import type { FastifyRequest } from 'fastify'
import type { AccountScope } from './actor.ts'
import { businessNow } from './clock.ts'
import { databaseOutage } from './database-errors.ts'
import type { Deps } from './deps.ts'
import {
  type Answer,
  type Claim,
  claimKeys,
  claimOf,
  giveKeysBack,
  nameOfKey,
  storeAnswers,
  write,
} from './idempotency.ts'
import { overloaded, RequestRefused } from './problems.ts'

export type Asked<Input> = { request: FastifyRequest; input: Input }

/** A kind of write that can be done for many requests of an account in one transaction. */
export type SharedWrite<Input> = {
  /** What it changes: at most one transaction at a time is about it. */
  subjectOf: (input: Input) => string
  /** Does one, waiting for whoever has its subject. */
  one: (tx: Tx, asked: Asked<Input>, now: Temporal.Instant) => Promise<Answer>
  /**
   * Does several, those about the same subject as if one after the other, and answers in their order; undefined where
   * somebody else has the subject, which is then done alone.
   */
  many: (
    tx: Tx,
    scope: AccountScope,
    asked: readonly Asked<Input>[],
    now: Temporal.Instant,
  ) => Promise<readonly (Answer | undefined)[]>
}

const defaultLimits = {
  /** Transactions of an account at the same time: one is in the database while the other is worked out here. */
  atOnce: 2,
  /** Requests that one transaction does. */
  together: 50,
  /** Requests that wait for their turn: more than these are refused at once. */
  waiting: 2_000,
  /** How long one may wait for its turn: proxies in front give up after thirty seconds. */
  waitMillis: 20_000,
}
type Limits = typeof defaultLimits

/**
 * Runs writes as `write` does, with the same promises, but those of one account that come while others are being done
 * share the next transaction: a thousand at once cost some twenty transactions instead of a thousand. Each keeps its own
 * outcome and key. What cannot be done together is done alone: a request whose key was used before, one whose subject
 * somebody else has, and all of a transaction that failed, so that one at fault does not fail the others.
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
      const answer = await queue.join({ request, input, claim: claimOf(request) })
      if (answer) return answer
    } finally {
      waiting -= 1
      if (queue.isEmpty()) queues.delete(accountId)
    }
    return write(deps, request, (tx, now) => shared.one(tx, { request, input }, now))
  }
}

type Setting<Input> = { deps: Pick<Deps, 'db'>; shared: SharedWrite<Input>; limits: Limits }
type Claiming<Input> = Asked<Input> & { claim: Claim | undefined }
type Waiting<Input> = Claiming<Input> & {
  since: number
  /** Without an answer it has to be done alone. */
  settle: (answer: Answer | undefined) => void
  fail: (error: unknown) => void
}

/** The requests of one account that wait for their turn. */
function openQueue<Input>({ deps, shared, limits }: Setting<Input>, scope: AccountScope) {
  let waiting: Waiting<Input>[] = []
  let running = 0
  const busySubjects = new Set<string>()
  const subjectOf = ({ input }: Waiting<Input>) => shared.subjectOf(input)

  /** The next ones that may be done together, none of them about what is being done already. */
  function takeNext() {
    const next = waiting.filter((one) => !busySubjects.has(subjectOf(one))).slice(0, limits.together)
    const taken = new Set(next)
    waiting = waiting.filter((one) => !taken.has(one))
    return next
  }

  async function doNext(next: readonly Waiting<Input>[]) {
    const subjects = new Set(next.map(subjectOf))
    for (const subject of subjects) busySubjects.add(subject)
    running += 1
    try {
      const answers = await deps.db.$transaction((tx) => answerTogether(tx, shared, scope, next))
      for (const one of next) one.settle(answers.get(one))
    } catch (error) {
      // Where the database is away, those who wait need not try either.
      if (databaseOutage(error)) for (const one of [...next, ...waiting.splice(0)]) one.fail(error)
      else for (const one of next) one.settle(undefined)
    }
    running -= 1
    for (const subject of subjects) busySubjects.delete(subject)
    goOn()
  }

  function goOn() {
    refuseLate()
    while (running < limits.atOnce) {
      const next = takeNext()
      if (next.length === 0) return
      void doNext(next)
    }
  }

  function refuseLate() {
    const isLate = ({ since }: Waiting<Input>) => performance.now() - since >= limits.waitMillis
    const late = waiting.filter(isLate)
    if (late.length === 0) return
    const refused = new Set(late)
    waiting = waiting.filter((one) => !refused.has(one))
    for (const one of late) one.fail(new RequestRefused(overloaded))
  }

  return {
    isEmpty: () => waiting.length === 0 && running === 0,
    join: (asked: Claiming<Input>) =>
      new Promise<Answer | undefined>((settle, fail) => {
        waiting.push({ ...asked, since: performance.now(), settle, fail })
        actingAs({ kind: 'account', accountId: scope }, goOn)
      }),
  }
}

/** The answers by request; those that are missing are to be done alone. */
async function answerTogether<Input, One extends Claiming<Input>>(
  tx: Tx,
  { many }: SharedWrite<Input>,
  scope: AccountScope,
  asked: readonly One[],
): Promise<ReadonlyMap<One, Answer>> {
  const taken = await claimKeys(tx, uniqueClaims(asked))
  const open = asked.filter(({ claim }) => claim === undefined || taken.has(claim))
  if (open.length === 0) return new Map()
  const answers = await many(tx, scope, open, await businessNow(tx))
  const answered = open.map((one, index) => ({ one, claim: one.claim, answer: answers[index] }))
  // A refusal leaves nothing behind, its key included, so that the request can be mended and sent again.
  const isDone = (answer: Answer | undefined) => answer !== undefined && answer.status < 400
  await giveKeysBack(
    tx,
    answered.flatMap(({ claim, answer }) => (claim && !isDone(answer) ? claim : [])),
  )
  await storeAnswers(
    tx,
    answered.flatMap(({ claim, answer }) => (claim && answer && isDone(answer) ? { claim, answer } : [])),
  )
  return new Map(answered.flatMap(({ one, answer }) => (answer ? [[one, answer] as const] : [])))
}

/** The first of each key: another one under the same key is a repetition. */
const uniqueClaims = (asked: readonly { claim: Claim | undefined }[]): Claim[] =>
  [
    ...Map.groupBy(
      asked.flatMap(({ claim }) => claim ?? []),
      nameOfKey,
    ).values(),
  ].flatMap(([first]) => first ?? [])
