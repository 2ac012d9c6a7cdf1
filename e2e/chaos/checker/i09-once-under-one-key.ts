import { isAcknowledged, type RequestEntry, requestsIn } from '../history.ts'
import { intentionsIn, jsonOf, mayHaveHappened } from './answers.ts'
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
       from "AuditEntry" where action = 'as.ipack.release RESCHEDULE' limit 1)`,
    ),
  ],
}

/**
 * Each request that changes something writes its own id into the log, also when its answer was lost. So a person's log
 * cannot have more ids than the person had intentions that happened, or may have.
 */
async function findSecondEffects({ history, sql }: Evidence): Promise<string[]> {
  const { rows } = await sql.query<{ userId: string; requests: number }>(
    `select "actorId" as "userId", count(distinct "requestId")::int as requests from "AuditEntry"
     where "actorKind" = 'USER' and "requestId" is not null group by 1`,
  )
  const intended = Map.groupBy(
    intentionsIn(requestsIn(history)).filter(mayHaveHappened),
    ({ attempts: [first] }) => first?.userId ?? '',
  )
  return rows
    .filter(({ userId, requests }) => requests > (intended.get(userId)?.length ?? 0))
    .map(
      ({ userId, requests }) =>
        `${userId} meant ${intended.get(userId)?.length ?? 0} things, and ${requests} requests had an effect`,
    )
}
