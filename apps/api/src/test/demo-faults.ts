import type { Database } from '@packline/database/client.ts'
import { z } from 'zod'

/** Each names what would be wrong, and finds it. `$now` stands for the moment until which things have happened. */
const faults: Record<string, string> = {
  'an attachment runs something else than the current release or one applied early': `
    select a.id::text from "Attachment" a join "IntegrationPack" k on k.id = a."packId"
    where a."detachedAt" is null and a."releaseId" <> k."currentReleaseId" and not exists (
      select from "ReleaseTarget" t join "Release" r on r.id = t."releaseId"
      where t."attachmentId" = a.id and t."releaseId" = a."releaseId" and t.how = 'MANUAL' and r.status = 'SCHEDULED')`,
  'an attachment that existed when a release went out has no record of it, or more than one': `
    select a.id::text from "Attachment" a join "Release" r on r."packId" = a."packId" and r.status = 'SUCCESS'
    where a."attachedAt" < r."startedAt"
      and (select count(*) from "ReleaseTarget" t where t."attachmentId" = a.id and t."releaseId" = r.id) <> 1`,
  'a record of a release that the attachment came after': `
    select t."attachmentId"::text from "ReleaseTarget" t join "Attachment" a on a.id = t."attachmentId"
    join "Release" r on r.id = t."releaseId"
    where t."appliedAt" < a."attachedAt" or t."appliedAt" < r."createdAt" or t."toNumber" < t."fromNumber"
      or t."fromReleaseId" = t."releaseId"`,
  'a record made before the release date, not by hand': `
    select t."attachmentId"::text from "ReleaseTarget" t join "Release" r on r.id = t."releaseId"
    where t.how <> 'MANUAL' and t."appliedAt" < r."dueAt"`,
  'an attachment whose last record says something else': `
    select a.id::text from "Attachment" a join lateral (
      select * from "ReleaseTarget" t where t."attachmentId" = a.id order by t."appliedAt" desc limit 1) last on true
    where last."releaseId" <> a."releaseId" or last."toNumber" <> a."versionNumber" or last.how <> a."updatedHow"
      or last."appliedAt" <> a."lastUpdatedAt"`,
  'an attachment whose number is not its installation’s count': `
    select a.id::text from "Attachment" a join "Installation" i on i.id = a."installationId"
    where a."versionNumber" <> i."deliveredCount" - case when a."releaseId" = i."lastDeliveredReleaseId" then 0 else 1 end`,
  'an installation that does not count the releases since it was installed': `
    select i.id::text from "Installation" i where i."deliveredCount" <> 1 + (
      select count(*) from "Release" r where r."packId" = i."packId" and (
        (r.status = 'SUCCESS' and r."startedAt" > i."installedAt") or (r.status = 'SCHEDULED' and exists (
          select from "ReleaseTarget" t join "Attachment" a on a.id = t."attachmentId"
          where t."releaseId" = r.id and a."installationId" = i.id))))`,
  'an installation from before the release that it started with': `
    select i.id::text from "Installation" i
    where not exists (select from "Release" r where r."packId" = i."packId" and r."finishedAt" < i."installedAt")`,
  'an installation, attachment or record in an account that does not see the pack': `
    select i.id::text from "Installation" i where not exists (
      select from "AccountGroupPack" p join "AccountGroupAccount" m on m."groupId" = p."groupId"
      where p."packId" = i."packId" and m."accountId" = i."accountId")`,
  'an attachment that mixes accounts or packs': `
    select a.id::text from "Attachment" a join "Installation" i on i.id = a."installationId"
    join "Environment" e on e.id = a."environmentId" join "Release" r on r.id = a."releaseId"
    where (a."accountId", a."accountId", a."packId", a."packId")
      is distinct from (i."accountId", e."accountId", i."packId", r."packId")`,
  'a pack whose current release is not the last that went out': `
    select k.id::text from "IntegrationPack" k where k."currentReleaseId" is distinct from (
      select r.id from "Release" r where r."packId" = k.id and r.status = 'SUCCESS' order by r.sequence desc limit 1)`,
  'a release that went out early, without content, or out of sequence': `
    select r.id::text from "Release" r where r."startedAt" < r."dueAt" or r."dueAt" < r."createdAt"
      or not exists (select from "ReleaseItem" i where i."releaseId" = r.id)
      or r.sequence <> (select count(*) from "Release" o where o."packId" = r."packId" and o.sequence <= r.sequence)
      or exists (select from "Release" o where o."packId" = r."packId" and o.sequence < r.sequence
        and o."createdAt" >= r."createdAt")`,
  'a released version that was not there, or may not be shared': `
    select i."packageId"::text from "ReleaseItem" i join "Release" r on r.id = i."releaseId"
    join "PackagedComponent" p on p.id = i."packageId"
    where p."componentId" <> i."componentId" or not p.shareable or p."createdAt" > r."createdAt"
      or p."deletedAt" < r."createdAt"`,
  'a fan-out count that differs from the records': `
    select r.id::text from "Release" r where r."fanOutCount" <> (
      select count(*) from "ReleaseTarget" t where t."releaseId" = r.id and t.how <> 'MANUAL')`,
  'a component of the current release without a row, or a row waiting for what is out': `
    select k.id::text from "IntegrationPack" k join "ReleaseItem" c on c."releaseId" = k."currentReleaseId"
    left join "PackItem" i on i."packId" = k.id and i."componentId" = c."componentId"
    where i."packId" is null or i."pendingPackageId" = c."packageId"`,
  'a change of a release or an attachment that the audit log does not have': `
    select r.id::text from "Release" r where not exists (select from "AuditEntry" e where e."objectId" = r.id::text)
    union all select a.id::text from "Attachment" a where (
      select count(*) from "AuditEntry" e where e."objectId" = a.id::text and e.action like 'as.ipack UPDATE %')
      <> (select count(*) from "ReleaseTarget" t where t."attachmentId" = a.id)`,
  'something that has not happened yet': `
    select id::text from "AuditEntry" where at > $now union all
    select id::text from "Release" where greatest("createdAt", "changedAt", "finishedAt") > $now union all
    select id::text from "PackagedComponent" where greatest("createdAt", "deletedAt") > $now union all
    select "attachmentId"::text from "Delivery" where "changedAt" > $now`,
  'a content whose size or revision number is not what it says': `
    select c.id::text from "Content" c where c.size <> (
      select sum(length(k.bytes)) from "ContentChunk" k where k."contentId" = c.id)
      or c.sha256 <> (select encode(sha256(k.bytes), 'hex') from "ContentChunk" k where k."contentId" = c.id)
    union all select o.id::text from "Component" o where o."currentRevision" <> (
      select max(v.revision) from "ComponentRevision" v where v."componentId" = o.id)`,
  'packages of a component whose order is not that of their making': `
    select p.id::text from "PackagedComponent" p join "PackagedComponent" o on o."componentId" = p."componentId"
    where p.ordinal < o.ordinal and p."createdAt" >= o."createdAt"`,
}

/** What is wrong with the seeded data, as `fault: id`; empty when it could have come about by using the product. */
export async function demoFaults(db: Database, now: Temporal.Instant): Promise<string[]> {
  const found: string[] = []
  for (const [fault, sql] of Object.entries(faults)) {
    const rows: unknown = await db.$queryRawUnsafe(
      `select x.id from (${sql.replaceAll('$now', `'${now.toString()}'::timestamptz`)}) x(id)`,
    )
    const ids = z.array(z.object({ id: z.string() })).parse(rows)
    found.push(...ids.map(({ id }) => `${fault}: ${id}`))
  }
  return found
}
