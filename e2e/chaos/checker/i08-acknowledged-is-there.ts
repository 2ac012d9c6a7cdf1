import { isAcknowledged, type RequestEntry, requestsIn } from '../history.ts'
import { jsonOf } from './answers.ts'
import { damagedRows, entriesToCheck, type Invariant, type Sql } from './evidence.ts'

type Effect = { text: string; values: (entry: RequestEntry) => unknown[] }

const idOf = (entry: RequestEntry) => (jsonOf(entry) as { id: string } | undefined)?.id
const bodyOf = (entry: RequestEntry) => JSON.stringify(entry.body)

const isReleased: Effect = {
  text: `with asked as (
      select * from jsonb_to_recordset($2::jsonb->'versions') v("componentId" uuid, "packageId" uuid)),
    kept as (select "componentId", "packageId" from "ReleaseItem" where "releaseId" = $1::uuid)
    select from "Release" where id = $1::uuid
      and not exists (table kept except table asked) and not exists (table asked except table kept)`,
  values: (entry) => [idOf(entry), bodyOf(entry)],
}

const isWritten = (action: string): Effect => ({
  text: `select from "AuditEntry" where action = '${action}' and "objectId" = $1 and after @> $2::jsonb`,
  values: (entry) => [entry.params['releaseId'], bodyOf(entry)],
})

const isAttached: Effect = {
  text: `select where not exists (
    select from jsonb_array_elements_text($2::jsonb->'environmentIds') e(id) where not exists (
      select from "Attachment" a where a."installationId" = $1 and a."environmentId" = e.id::uuid))`,
  values: (entry) => [entry.params['installationId'] ?? idOf(entry), bodyOf(entry)],
}

/** For each write: what is in the database ever after when it was acknowledged; a query that then finds a row. */
const effects: Record<string, readonly Effect[]> = {
  createPack: [{ text: `select from "IntegrationPack" where id = $1`, values: (entry) => [idOf(entry)] }],
  createRelease: [isReleased],
  changeVersions: [
    isReleased,
    {
      text: `select from "Release" where id = $1 and status = 'SUPERSEDED'`,
      values: ({ params }) => [params['releaseId']],
    },
  ],
  reschedule: [isWritten('as.ipack.release RESCHEDULE')],
  cancelRelease: [
    isWritten('as.ipack.release CANCEL'),
    {
      text: `select from "Release" where id = $1 and status = 'CANCELLED'`,
      values: ({ params }) => [params['releaseId']],
    },
  ],
  releaseNow: [
    {
      text: `select from "Release" where id = $1 and "startedAt" is not null`,
      values: ({ params }) => [params['releaseId']],
    },
  ],
  install: [
    {
      text: `select from "Installation" where id = $1 and "packId" = ($2::jsonb->>'packId')::uuid and "accountId" = $3`,
      values: (entry) => [idOf(entry), bodyOf(entry), entry.accountId],
    },
    isAttached,
  ],
  uninstall: [
    {
      text: `select from "Installation" where id = $1 and "uninstalledAt" is not null`,
      values: ({ params }) => [params['installationId']],
    },
  ],
  attach: [isAttached],
  detach: [
    {
      text: `select where not exists (
        select from jsonb_array_elements_text($2::jsonb->'environmentIds') e(id) where not exists (
          select from "Attachment" a where a."installationId" = $1 and a."environmentId" = e.id::uuid
            and a."detachedAt" is not null))`,
      values: (entry) => [entry.params['installationId'], bodyOf(entry)],
    },
  ],
  deletePack: [
    {
      text: `select from "IntegrationPack" where id = $1 and "deletedAt" is not null`,
      values: ({ params }) => [params['packId']],
    },
  ],
}

export const acknowledgedIsThere: Invariant = {
  id: 'I8',
  says: 'every write that was acknowledged is in the database',
  async find(evidence) {
    const lost = []
    for (const entry of requestsIn(entriesToCheck(evidence)).filter(isAcknowledged)) {
      for (const effect of effects[entry.name] ?? []) {
        if (!(await isThere(evidence.sql, effect, entry))) {
          lost.push(
            `${entry.name} at ${entry.sentAt} (${JSON.stringify(entry.params)}) was acknowledged and is not there`,
          )
        }
      }
    }
    return lost
  },
  controls: [
    damagedRows(
      'a release that was scheduled and is lost',
      `delete from "Release" where id = (
         select "objectId"::uuid from "AuditEntry" where action = 'as.ipack.release SCHEDULE' limit 1)`,
    ),
    damagedRows(
      'a cancellation that is lost',
      // Not a release that waits, of which its pack may have another one.
      `update "Release" set status = 'SUPERSEDED' where id = (select id from "Release" where status = 'CANCELLED' limit 1)`,
    ),
    damagedRows(
      'an attachment that is lost',
      `delete from "Attachment" where ("installationId", "environmentId") = (
         select a."installationId", a."environmentId" from "Attachment" a
         join "AuditEntry" e on e."objectId" = a.id::text and e.action = 'as.ipack.attachment ADD' limit 1)`,
    ),
    damagedRows(
      'a pack that is lost',
      `delete from "IntegrationPack" where id = (
         select "objectId"::uuid from "AuditEntry" where action = 'as.ipack ADD' limit 1)`,
    ),
    damagedRows(
      'a pack that is back although it was deleted',
      `update "IntegrationPack" set "deletedAt" = null where "deletedAt" is not null`,
    ),
    damagedRows(
      'a version that was chosen and is lost',
      `delete from "ReleaseItem" where "releaseId" = (
         select "objectId"::uuid from "AuditEntry" where action = 'as.ipack.release SCHEDULE' limit 1)`,
    ),
    damagedRows(
      'a replaced release that waits again',
      `update "Release" set status = 'CANCELLED' where status = 'SUPERSEDED'`,
    ),
    damagedRows(
      'a new date that is lost',
      `delete from "AuditEntry" where action = 'as.ipack.release RESCHEDULE'`,
    ),
    damagedRows(
      'a release that was to go out at once and has not',
      `update "Release" set "startedAt" = null where id in (
         select "objectId"::uuid from "AuditEntry" where action = 'as.ipack.release RELEASE_NOW')`,
    ),
    damagedRows(
      'a detachment that is lost',
      `update "Attachment" a set "detachedAt" = null where "detachedAt" is not null and not exists (
         select from "Attachment" again where again."installationId" = a."installationId"
           and again."environmentId" = a."environmentId" and again."detachedAt" is null)`,
    ),
    damagedRows('an installation that is lost', `delete from "Installation" where "uninstalledAt" is null`),
    damagedRows(
      'an installation that is back',
      `update "Installation" set "uninstalledAt" = null where "uninstalledAt" is not null`,
    ),
  ],
}

const isThere = async (sql: Sql, { text, values }: Effect, entry: RequestEntry) =>
  (await sql.query(text, values(entry))).rows.length > 0
