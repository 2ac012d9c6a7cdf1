import type { Database } from '@packline/database/client.ts'
import { z } from 'zod'

const violation = z.object({ invariant: z.string(), count: z.number() })
const datedRelease = z.object({
  id: z.uuid(),
  releaseOn: z.string(),
  timeZone: z.string(),
  startedAt: z.date(),
})

/**
 * What must hold whatever crashed, asked of the database itself; an empty list when all does. To be called when nothing
 * is due any more.
 */
export async function findViolations(db: Database): Promise<string[]> {
  const counted = z.array(violation).parse(
    await db.$queryRaw`
      with shared as (
        select a.*, k."currentReleaseId", i."deliveredCount", i."lastDeliveredReleaseId"
        from "Attachment" a
        join "IntegrationPack" k on k.id = a."packId" and k."deletedAt" is null
        join "Installation" i on i.id = a."installationId"
        where a."detachedAt" is null and exists (
          select from "AccountGroupPack" gp join "AccountGroupAccount" ga on ga."groupId" = gp."groupId"
          where gp."packId" = a."packId" and ga."accountId" = a."accountId")),
      outdated as (
        select * from shared s where s."releaseId" <> s."currentReleaseId" and not exists (
          select from "ReleaseTarget" t where t."attachmentId" = s.id and t."releaseId" = s."releaseId" and t.how = 'MANUAL'))
      select 'every attachment runs the current release' as invariant, count(*)::int from outdated
      union all
      select 'every attachment that existed has its record of the current release', count(*)::int
      from shared s join "Release" r on r.id = s."currentReleaseId"
      where r.sequence > 1 and r."startedAt" > s."attachedAt" and s."releaseId" = r.id
        and not exists (select from "ReleaseTarget" t where t."releaseId" = r.id and t."attachmentId" = s.id)
      union all
      select 'the number of an attachment is the count of its installation', count(*)::int
      from shared where "releaseId" = "lastDeliveredReleaseId" and "versionNumber" <> "deliveredCount"
      union all
      select 'no record counts an update by more than one', count(*)::int
      from "ReleaseTarget" where "toNumber" <> "fromNumber" + 1 and how <> 'MANUAL'
        and not exists (select from "Attachment" a join "ReleaseTarget" t on t."attachmentId" = a.id and t.how = 'MANUAL'
          where a."installationId" = (select "installationId" from "Attachment" where id = "ReleaseTarget"."attachmentId"))
      union all
      select 'every automatic update has one audit entry', count(*)::int from (
        select t."releaseId", t."attachmentId" from "ReleaseTarget" t
        left join "AuditEntry" e on e."objectId" = t."attachmentId"::text
          and e.after->>'releaseId' = t."releaseId"::text and e.action = 'as.ipack UPDATE ' || t.how
        where t.how in ('AUTOMATIC', 'IMMEDIATE') and t."appliedAt" > (select min(at) from "AuditEntry")
        group by t."releaseId", t."attachmentId" having count(e.id) <> 1) uneven
      union all
      select 'nothing is left in progress', count(*)::int from "Release" where status = 'IN_PROGRESS'
      union all
      select 'nothing due is left waiting', count(*)::int
      from "Release" where status = 'SCHEDULED' and "dueAt" <= app_now()`,
  )
  const broken = counted
    .filter(({ count }) => count > 0)
    .map(({ invariant, count }) => `${invariant}: ${count} do not`)
  return [...broken, ...(await findDeploymentViolations(db)), ...(await findEarlyReleases(db))]
}

/** The platform's record of what runs, and what Atoms have to fetch, follow what each attachment runs. */
async function findDeploymentViolations(db: Database): Promise<string[]> {
  const rows = await db.$queryRaw`
    with expected as (
      select a.id as "attachmentId", i."componentId", i."packageId"
      from "Attachment" a join "ReleaseItem" i on i."releaseId" = a."releaseId" where a."detachedAt" is null),
    active as (
      select "attachmentId", "componentId", "packageId" from "DeployedPackage" where "isActive"),
    uneven as (
      (select * from expected except select * from active) union all (select * from active except select * from expected))
    select 'the packages deployed are those of the release that the attachment runs' as invariant, count(*)::int from uneven
    union all
    select 'a deployed package is where its attachment is', count(*)::int
    from "DeployedPackage" d join "Attachment" a on a.id = d."attachmentId"
    where (d."accountId", d."environmentId") is distinct from (a."accountId", a."environmentId")
    union all
    select 'deployments of a component follow one after the other', count(*)::int
    from "DeployedPackage" d join "DeployedPackage" next
      on next."attachmentId" = d."attachmentId" and next."componentId" = d."componentId" and next.version = d.version + 1
    where d."isActive" or d."endedAt" > next."deployedAt"
    union all
    select 'no node has a release still to deliver that its attachment does not run', count(*)::int
    from "Delivery" d join "Attachment" a on a.id = d."attachmentId"
    where d.state in ('WAITING', 'DOWNLOADING', 'FAILED') and (a."detachedAt" is not null or d."releaseId" <> a."releaseId")
    union all
    select 'every process of an installation of Multiple Attachments has its own id', count(*)::int
    from "Installation" n join "ReleaseItem" i on i."releaseId" = n."lastDeliveredReleaseId"
    where n."packType" = 'MULTI' and n."uninstalledAt" is null and not exists (
      select from "InstalledProcess" p where p."installationId" = n.id and p."componentId" = i."componentId")`
  return z
    .array(violation)
    .parse(rows)
    .filter(({ count }) => count > 0)
    .map(({ invariant, count }) => `${invariant}: ${count} do not`)
}

/** No release begins before the first instant of its date, worked out here from nothing but date and zone. */
async function findEarlyReleases(db: Database): Promise<string[]> {
  const rows = await db.$queryRaw`
    select id, "releaseOn"::text, "timeZone", "startedAt" from "Release"
    where timing = 'DATED' and "startedAt" is not null`
  return z
    .array(datedRelease)
    .parse(rows)
    .filter(({ releaseOn, timeZone, startedAt }) => {
      const local = Temporal.Instant.fromEpochMilliseconds(startedAt.getTime()).toZonedDateTimeISO(timeZone)
      return Temporal.PlainDate.compare(local.toPlainDate(), releaseOn) < 0
    })
    .map(({ id }) => `release ${id} began before its date`)
}
