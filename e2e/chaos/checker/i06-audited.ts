import { requestsIn } from '../history.ts'
import { intentionsIn, jsonOf } from './answers.ts'
import { damagedHistory, damagedRows, type Evidence, findRows, type Invariant } from './evidence.ts'

/** Answers with success that change nothing, and so write nothing down. */
const changesNothing = (entry: ReturnType<typeof requestsIn>[number]) =>
  entry.name === 'applyUpdates' && !JSON.stringify(jsonOf(entry)).includes('"applied"')

export const audited: Invariant = {
  id: 'I6',
  says: 'each change is written down once, with who did it, for which account, before, after and when',
  async find(evidence) {
    return [
      ...(await findRows(
        evidence,
        (id) => `${id} is not written down once as scheduled or released`,
        `select r.id from "Release" r join "IntegrationPack" k on k.id = r."packId"
         left join "AuditEntry" e on e."objectId" = r.id::text and e."accountId" = k."accountId"
           and e."actorId" is not null and e.after ? 'sequence' and e.at = r."createdAt"
           and e.action in ('as.ipack.release SCHEDULE', 'as.ipack.release RELEASE_NOW', 'as.ipack.release CHANGE_VERSIONS')
         group by r.id having count(e.id) <> 1`,
      )),
      ...(await findRows(
        evidence,
        (id) => `that release ${id} went out is not written down once, as it was`,
        `select r.id from "Release" r join "IntegrationPack" k on k.id = r."packId"
         left join "AuditEntry" e on e."objectId" = r.id::text and e.action = 'as.ipack.release RELEASE'
           and e."accountId" = k."accountId" and e."actorName" <> '' and e.at = r."startedAt"
           and e.before->>'releaseId' is not distinct from r."previousReleaseId"::text and e.after->>'releaseId' = r.id::text
         group by r.id, r."startedAt" having count(e.id) <> case when r."startedAt" is null then 0 else 1 end`,
      )),
      ...(await findRows(
        evidence,
        (id) => `the update ${id} is not written down once, as it was`,
        `select t."releaseId" || ' in ' || t."attachmentId" as id from "ReleaseTarget" t
         left join "AuditEntry" e on e."objectId" = t."attachmentId"::text and e.action = 'as.ipack UPDATE ' || t.how
           and e."accountId" = t."accountId" and e."actorName" <> '' and e.at = t."appliedAt"
           and e.before->>'releaseId' = t."fromReleaseId"::text and (e.before->>'version')::int = t."fromNumber"
           and e.after->>'releaseId' = t."releaseId"::text and (e.after->>'version')::int = t."toNumber"
         group by t."releaseId", t."attachmentId" having count(e.id) <> 1`,
      )),
      ...(await findUnwritten(evidence)),
    ]
  },
  controls: [
    damagedRows(
      'an update that nobody wrote down',
      `delete from "AuditEntry" where id = (
         select id from "AuditEntry" where action = 'as.ipack UPDATE AUTOMATIC' limit 1)`,
    ),
    damagedRows(
      'a release written down for the wrong instant',
      `update "AuditEntry" set at = at + interval '1 second'
       where id = (select id from "AuditEntry" where action = 'as.ipack.release RELEASE' limit 1)`,
    ),
    damagedRows(
      'a release whose scheduler is not written down',
      `update "AuditEntry" set "actorId" = null
       where id = (select id from "AuditEntry" where action = 'as.ipack.release SCHEDULE' limit 1)`,
    ),
    damagedHistory('a request that nobody wrote down', (entry) =>
      entry.kind === 'request' &&
      entry.name === 'reschedule' &&
      entry.outcome.kind === 'answered' &&
      entry.outcome.status === 200
        ? [
            {
              ...entry,
              key: crypto.randomUUID(),
              outcome: { ...entry.outcome, requestId: crypto.randomUUID() },
            },
          ]
        : undefined,
    ),
  ],
}

/** Writes whose every attempt was answered: one of them did it, and its id is in the log. */
async function findUnwritten({ history, sql }: Evidence): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>(
    `select distinct "requestId" as id from "AuditEntry" where "requestId" is not null`,
  )
  const written = new Set(rows.map(({ id }) => id))
  return intentionsIn(requestsIn(history))
    .filter(
      ({ isAcknowledged, isOpen, answers }) => isAcknowledged && !isOpen && !answers.every(changesNothing),
    )
    .filter(
      ({ attempts }) => attempts.filter(({ outcome }) => written.has(requestIdOf(outcome))).length !== 1,
    )
    .map(
      ({ attempts: [first] }) =>
        `${first?.name} at ${first?.sentAt} was acknowledged and is not written down once`,
    )
}

const requestIdOf = (outcome: ReturnType<typeof requestsIn>[number]['outcome']) =>
  (outcome.kind === 'answered' && outcome.requestId) || ''
