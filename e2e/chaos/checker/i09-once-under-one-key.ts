import { isAcknowledged, type RequestEntry, requestsIn } from '../history.ts'
import { type Intention, intentionsIn, jsonOf } from './answers.ts'
import { damagedHistory, damagedRows, type Evidence, type Invariant } from './evidence.ts'

const answerOf = (entry: RequestEntry) =>
  entry.outcome.kind === 'answered' ? `${entry.outcome.status} ${sorted(jsonOf(entry))}` : ''

/** What is stored comes back with its fields in another order. */
const sorted = (value: unknown): string =>
  JSON.stringify(value, (_key, one: unknown) =>
    one !== null && typeof one === 'object' && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  )

export const onceUnderOneKey: Invariant = {
  id: 'I9',
  says: 'the same request under the same key has one effect and the same answer every time',
  async find(evidence) {
    const intentions = intentionsIn(requestsIn(evidence.history))
    const uneven = intentions
      .filter(({ answers }) => new Set(answers.map(answerOf)).size > 1)
      .map(({ answers: [first] }) => `${first?.name} under ${first?.key} was answered in more than one way`)
    return [...uneven, ...(await findSecondEffects(evidence))]
  },
  controls: [
    damagedHistory('a repetition that is answered otherwise', (entry) =>
      entry.kind === 'request' &&
      isAcknowledged(entry) &&
      entry.key !== undefined &&
      entry.outcome.kind === 'answered'
        ? [entry, { ...entry, outcome: { ...entry.outcome, text: '{"id":"another"}' } }]
        : undefined,
    ),
    damagedRows(
      'a second effect of a request',
      `insert into "AuditEntry" (id, "accountId", at, "actorKind", "actorId", "actorName", source, "requestId", action,
         "objectType", "objectId", before, after)
       (select gen_random_uuid(), "accountId", at, "actorKind", "actorId", "actorName", source, gen_random_uuid()::text, action,
         "objectType", "objectId", before, after
       -- More than any requests of theirs to which they had no answer.
       from (select * from "AuditEntry" where action = 'as.ipack.release RESCHEDULE' limit 1) e, generate_series(1, 1000))`,
    ),
  ],
}

/**
 * Each request that changes something writes its own id into the log, also when its answer was lost. Ids that no answer
 * has can only come from requests that nobody was answered, or that were then answered by repetition; one for each.
 */
async function findSecondEffects({ history, sql }: Evidence): Promise<string[]> {
  const { rows } = await sql.query<{ userId: string; requestId: string }>(
    `select distinct "actorId" as "userId", "requestId" from "AuditEntry"
     where "actorKind" = 'USER' and "requestId" is not null`,
  )
  const written = new Set(rows.map(({ requestId }) => requestId))
  const answered = new Set(requestsIn(history).map(requestIdOf))
  const open = intentionsIn(requestsIn(history)).filter(
    (one) =>
      one.isOpen && !isRefused(one) && !one.attempts.some((attempt) => written.has(requestIdOf(attempt))),
  )
  const openOf = Map.groupBy(open, ({ attempts: [first] }) => first?.userId ?? '')
  const unansweredOf = Map.groupBy(
    rows.filter(({ requestId }) => !answered.has(requestId)),
    ({ userId }) => userId,
  )
  return [...unansweredOf]
    .filter(([userId, unanswered]) => unanswered.length > (openOf.get(userId)?.length ?? 0))
    .map(
      ([userId, { length }]) => `${length} requests of ${userId} had an effect that none of theirs explains`,
    )
}

const requestIdOf = ({ outcome }: RequestEntry) => (outcome.kind === 'answered' && outcome.requestId) || ''

/** In the end it was refused: had an earlier attempt been carried out, its answer would have been repeated instead. */
const isRefused = ({ attempts }: Intention) => {
  const outcome = attempts.at(-1)?.outcome
  return (
    outcome?.kind === 'answered' && outcome.status >= 400 && outcome.status !== 503 && outcome.status !== 429
  )
}
