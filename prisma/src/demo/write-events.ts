import type { Tx } from '../client.ts'

/**
 * What the demo's past tells people: the job spreads these as it does everything that happens, so that each finds under
 * the bell what concerns them. Read out of what has been written before.
 */
export async function writeEvents(tx: Tx) {
  await tx.$executeRaw`
    with releases as (
      select r.*, k."accountId", k.name as "packName" from "Release" r join "IntegrationPack" k on k.id = r."packId"),
    happened as (
      select 'release.scheduled' as type, "createdAt" as at, r.* from releases r where timing = 'DATED'
      union all select 'release.cancelled', "cancelledAt", r.* from releases r where status = 'CANCELLED'
      union all select 'release.released', "finishedAt", r.* from releases r where status = 'SUCCESS')
    insert into "Event" (key, type, at, "accountId", "packId", "releaseId", "objectId", "actorUserId", "actorName", data)
    select type || ':' || id, type, at, "accountId", "packId", id, id::text,
      case type when 'release.scheduled' then "scheduledById" end,
      case type when 'release.scheduled' then "scheduledByName" when 'release.cancelled' then "cancelledByName" else '' end,
      jsonb_build_object('packName', "packName", 'sequence', sequence, 'timing', timing, 'releaseOn', "releaseOn",
        'timeZone', "timeZone", 'windowStartsAt', "dueAt", 'windowEndsAt', "windowEndsAt", 'notes', notes,
        'scheduledById', "scheduledById", 'scheduledByName', "scheduledByName", 'reason', "cancelReason")
    from happened`
  await tx.$executeRaw`
    with places as (
      select a.id, a."accountId", a."packId", jsonb_build_object('packName', k.name, 'installationId', i.id,
        'installationName', i.name, 'environmentId', e.id, 'environmentName', e.name) as data
      from "Attachment" a
      join "IntegrationPack" k on k.id = a."packId"
      join "Installation" i on i.id = a."installationId"
      join "Environment" e on e.id = a."environmentId")
    insert into "Event" (key, type, at, "accountId", "packId", "releaseId", "objectId", "actorUserId", "actorName", data)
    select 'update.applied:' || t."releaseId" || ':' || p.id, 'update.applied', t."appliedAt", p."accountId", p."packId",
      t."releaseId", p.id::text,
      (select u.id from "User" u where u."firstName" || ' ' || u."lastName" = t."appliedByName"), t."appliedByName",
      p.data || jsonb_build_object('fromNumber', t."fromNumber", 'toNumber', t."toNumber")
    from "ReleaseTarget" t join places p on p.id = t."attachmentId"
    where t.how = 'MANUAL'
    union all
    select 'delivery.failed:' || p.id || ':' || d."releaseId" || ':' || n.id, 'delivery.failed', d."changedAt",
      p."accountId", p."packId", d."releaseId", p.id::text, null, '',
      p.data || jsonb_build_object('atomId', o.id, 'atomName', o.name, 'nodeName', n.name, 'cause', d.cause)
    from "Delivery" d
    join places p on p.id = d."attachmentId"
    join "AtomNode" n on n.id = d."nodeId"
    join "Atom" o on o.id = d."atomId"
    where d.state = 'FAILED'`
}
