import { isAcknowledged, requestsIn } from '../history.ts'
import { damagedHistory, damagedRows, type Evidence, findRows, type Invariant } from './evidence.ts'
import { jsonOf } from './answers.ts'

export const earlyStays: Invariant = {
  id: 'I5',
  says: 'what was applied early is not applied again and never goes back',
  async find(evidence) {
    return [
      ...(await findRows(
        evidence,
        (id) => `${id} was applied early and then once more`,
        `select t."releaseId" || ' in ' || t."attachmentId" as id from "ReleaseTarget" t
         join "AuditEntry" e on e."objectId" = t."attachmentId"::text and e.action like 'as.ipack UPDATE %'
           and e.action <> 'as.ipack UPDATE WITHDRAWN' and e.after->>'releaseId' = t."releaseId"::text
         where t.how = 'MANUAL' group by 1 having count(*) > 1`,
      )),
      ...(await findRows(
        evidence,
        (id) => `${id} was applied early, is not withdrawn, and runs an older release`,
        `select t."releaseId" || ' in ' || a.id as id from "ReleaseTarget" t
         join "Release" r on r.id = t."releaseId" and r.status in ('SCHEDULED', 'IN_PROGRESS', 'SUCCESS')
         join "Attachment" a on a.id = t."attachmentId" and a."detachedAt" is null
         join "Release" running on running.id = a."releaseId" and running.sequence < r.sequence
         where t.how = 'MANUAL'`,
      )),
      ...(await findForgotten(evidence)),
    ]
  },
  controls: [
    damagedRows(
      'an early apply that the fan-out repeats',
      `insert into "AuditEntry" (id, "accountId", at, "actorKind", "actorName", source, action, "objectType", "objectId", after)
       (select gen_random_uuid(), e."accountId", e.at, 'SCHEDULER', 'x', 'INTERNAL', 'as.ipack UPDATE AUTOMATIC',
         e."objectType", e."objectId", e.after from "AuditEntry" e join "ReleaseTarget" t on t.how = 'MANUAL'
           and t."attachmentId"::text = e."objectId" and t."releaseId"::text = e.after->>'releaseId'
         where e.action = 'as.ipack UPDATE MANUAL' limit 1)`,
    ),
    damagedRows(
      'an early apply that goes back',
      `update "Attachment" a set "releaseId" = early."fromReleaseId" from (
         select a.id, t."fromReleaseId" from "Attachment" a
         join "ReleaseTarget" t on t."attachmentId" = a.id and t.how = 'MANUAL'
         join "Release" r on r.id = t."releaseId" and r.status in ('SCHEDULED', 'SUCCESS')
         where a."detachedAt" is null limit 1) early
       where a.id = early.id`,
    ),
    damagedHistory('an early apply that was acknowledged and is not there', (entry) => {
      if (entry.kind !== 'request' || appliedIn(entry).length === 0 || entry.outcome.kind !== 'answered')
        return undefined
      const text = entry.outcome.text.replaceAll(
        /"releaseId":"[^"]*"/g,
        `"releaseId":"${crypto.randomUUID()}"`,
      )
      return [{ ...entry, outcome: { ...entry.outcome, text } }]
    }),
  ],
}

type Applied = { kind: string; attachmentId: string; releaseId: string }

function appliedIn(entry: ReturnType<typeof requestsIn>[number]): Applied[] {
  if (entry.name !== 'applyUpdates' || !isAcknowledged(entry)) return []
  const { results = [] } = (jsonOf(entry) ?? {}) as { results?: Applied[] }
  return results.filter(({ kind }) => kind === 'applied')
}

async function findForgotten({ history, sql }: Evidence): Promise<string[]> {
  const applied = requestsIn(history).flatMap(appliedIn)
  const { rows } = await sql.query<{ releaseId: string; attachmentId: string }>(
    `select "releaseId", "attachmentId" from "ReleaseTarget" where how = 'MANUAL'`,
  )
  const kept = new Set(rows.map((one) => `${one.releaseId} in ${one.attachmentId}`))
  return applied
    .map((one) => `${one.releaseId} in ${one.attachmentId}`)
    .filter((one) => !kept.has(one))
    .map((one) => `${one} was acknowledged as applied early and is not recorded`)
}
