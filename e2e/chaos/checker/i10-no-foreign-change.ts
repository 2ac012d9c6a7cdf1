import { isAcknowledged, type RequestEntry, requestsIn } from '../history.ts'
import { damagedHistory, damagedRows, type Evidence, findRows, type Invariant } from './evidence.ts'

export const noForeignChange: Invariant = {
  id: 'I10',
  says: 'nobody reads or changes what belongs to an account they do not work in',
  async find(evidence) {
    return [
      ...(await findRows(
        evidence,
        (id) => `audit entry ${id} is by somebody who does not work in that account`,
        `select e.id from "AuditEntry" e
         where e."actorKind" in ('USER', 'TOKEN') and not exists (
           select from "Membership" m join "Account" a on a.id = e."accountId"
           -- Deleting a pack ends what its publisher's managed accounts have of it.
           where m."userId" = e."actorId" and m."accountId" in (e."accountId",
             case when e.action in ('as.ipack.attachment DELETE', 'as.ipack.installation DELETE') then a."primaryAccountId" end))`,
      )),
      ...(await findRows(
        evidence,
        (id) => `release ${id} was scheduled by somebody who does not work in its pack’s account`,
        `select r.id from "Release" r join "IntegrationPack" k on k.id = r."packId"
         where not exists (
           select from "Membership" m where m."userId" = r."scheduledById" and m."accountId" = k."accountId")`,
      )),
      ...(await findForeignAnswers(evidence)),
    ]
  },
  controls: [
    damagedRows(
      'a change by somebody from elsewhere',
      `update "AuditEntry" e set "accountId" = (
         select id from "Account" a where a.id <> e."accountId" and not exists (
           select from "Membership" m where m."accountId" = a.id and m."userId" = e."actorId") limit 1)
       where e.id = (select id from "AuditEntry" where action = 'as.ipack.release SCHEDULE' limit 1)`,
    ),
    damagedRows(
      'a release that somebody from elsewhere has scheduled',
      `update "Release" r set "scheduledById" = m."userId" from "IntegrationPack" k, "Membership" m
       where k.id = r."packId" and r.status = 'SCHEDULED' and not exists (
         select from "Membership" own where own."userId" = m."userId" and own."accountId" = k."accountId")`,
    ),
    damagedHistory('a stranger who is answered', (entry) =>
      entry.kind === 'request' && entry.name === 'createRelease' && isAcknowledged(entry)
        ? [{ ...entry, accountId: 'account-elsewhere' }]
        : undefined,
    ),
  ],
}

const owners = `
  select id::text, "accountId" from "IntegrationPack"
  union all select r.id::text, k."accountId" from "Release" r join "IntegrationPack" k on k.id = r."packId"
  union all select id::text, "accountId" from "Installation"
  union all select id::text, "accountId" from "Environment"`

async function findForeignAnswers({ history, sql }: Evidence): Promise<string[]> {
  const { rows } = await sql.query<{ id: string; accountId: string }>(owners)
  const ownerOf = new Map(rows.map(({ id, accountId }) => [id, accountId]))
  const isForeign = ({ accountId, params, outcome }: RequestEntry) =>
    outcome.kind === 'answered' &&
    outcome.status < 300 &&
    Object.values(params).some((id) => (ownerOf.get(id) ?? accountId) !== accountId)
  return requestsIn(history)
    .filter(isForeign)
    .map(({ name, sentAt, userId }) => `${name} at ${sentAt} answered ${userId}, who belongs elsewhere`)
}
