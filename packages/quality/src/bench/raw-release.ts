import type pg from 'pg'

import { secondsSince } from './frame.ts'

/**
 * What a midnight comes to, written by hand as one transaction of set-based statements over everything at once: the same
 * rows as the product's, without chunks, claims, retries or Prisma. Gives the seconds it took.
 */
export async function releaseByHand(client: pg.Client): Promise<number> {
  const started = performance.now()
  await client.query('begin')
  await client.query(`
    with gone as (
      update "Release" r set status = 'SUCCESS', "startedAt" = r."dueAt", "finishedAt" = r."dueAt", "changedAt" = r."dueAt",
        "fanOutCount" = (select count(*) from "Installation" i where i."packId" = r."packId" and i."uninstalledAt" is null)
      where status = 'SCHEDULED' returning r.id, r."packId", r.sequence, r."previousReleaseId", r."dueAt"),
    current as (
      update "IntegrationPack" k set "currentReleaseId" = g.id, version = k.version + 1, "changedAt" = g."dueAt"
      from gone g where k.id = g."packId" returning k.id, k."accountId"),
    told as (
      insert into "Event" (key, type, at, "accountId", "packId", "releaseId", "actorName")
      select 'released ' || g.id, 'release.released', g."dueAt", c."accountId", c.id, g.id, 'Release schedule'
      from gone g join current c on c.id = g."packId")
    insert into "AuditEntry" (id, "accountId", at, "actorKind", "actorName", source, action, "objectType", "objectId", before, after)
    select new_id(), c."accountId", g."dueAt", 'SCHEDULER', 'Release schedule', 'INTERNAL', 'as.ipack.release RELEASE',
      'release', g.id::text, jsonb_build_object('releaseId', g."previousReleaseId"),
      jsonb_build_object('releaseId', g.id, 'sequence', g.sequence, 'timing', 'DATED', 'dueAt', g."dueAt")
    from gone g join current c on c.id = g."packId"`)
  await client.query(fanOut)
  await client.query('commit')
  return secondsSince(started)
}

const fanOut = `
  with reached as (
    select i.id, i."packType", i."deliveredCount" + 1 as number, i."lastDeliveredReleaseId", k."currentReleaseId" as "releaseId"
    from "Installation" i join "IntegrationPack" k on k.id = i."packId"
    where i."uninstalledAt" is null),
  counted as (
    update "Installation" i set "deliveredCount" = r.number, "lastDeliveredReleaseId" = r."releaseId"
    from reached r where i.id = r.id),
  moved as (
    update "Attachment" a set "releaseId" = r."releaseId", "versionNumber" = r.number, "updatedHow" = 'AUTOMATIC',
      "lastUpdatedAt" = now()
    from reached r join "Attachment" before on before."installationId" = r.id and before."detachedAt" is null
    where a.id = before.id
    returning a.id, a."accountId", a."environmentId", a."releaseId", a."versionNumber" as number,
      before."releaseId" as "fromReleaseId", before."versionNumber" as "fromNumber"),
  recorded as (
    insert into "ReleaseTarget" ("releaseId", "attachmentId", "accountId", "fromReleaseId", "fromNumber", "toNumber", how,
      "appliedAt")
    select "releaseId", id, "accountId", "fromReleaseId", "fromNumber", number, 'AUTOMATIC', now() from moved),
  wrapped as (
    insert into "InstalledProcess" ("installationId", "componentId")
    select r.id, i."componentId" from reached r join "ReleaseItem" i on i."releaseId" = r."releaseId"
    where r."packType" = 'MULTI' and not exists (
      select from "ReleaseItem" had where had."releaseId" = r."lastDeliveredReleaseId" and had."componentId" = i."componentId")
    on conflict do nothing),
  ended as (
    update "DeployedPackage" d set "isActive" = false, "endedAt" = now()
    from moved m where d."attachmentId" = m.id and d."isActive"
    returning d."attachmentId", d."accountId", d."environmentId", d."componentId", d.version, m."releaseId"),
  deployed as (
    insert into "DeployedPackage" (id, "attachmentId", "accountId", "environmentId", "componentId", "packageId", version,
      "deployedAt")
    select new_id(), e."attachmentId", e."accountId", e."environmentId", i."componentId", i."packageId",
      e.version + 1, now()
    from ended e join "ReleaseItem" i on i."releaseId" = e."releaseId" and i."componentId" = e."componentId")
  insert into "AuditEntry" (id, "accountId", at, "actorKind", "actorName", source, action, "objectType", "objectId", before,
    after)
  select new_id(), "accountId", now(), 'SCHEDULER', 'Release schedule', 'INTERNAL', 'as.ipack UPDATE AUTOMATIC',
    'attachment', id::text, jsonb_build_object('releaseId', "fromReleaseId", 'version', "fromNumber"),
    jsonb_build_object('releaseId', "releaseId", 'version', number)
  from moved`
