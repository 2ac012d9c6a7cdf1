import type { Tx } from '@packline/database/client.ts'
import { Prisma } from '@packline/database/generated/client.ts'

/**
 * Part of a statement that changes what attachments run: the packages deployed there and the deliveries to the nodes
 * of their environments' Atoms follow each row of its `moved`, which has id, "accountId", "environmentId" and
 * "releaseId". A package that the release keeps stays deployed; a node that has not finished an earlier release
 * need not any more.
 */
export const runMoved = (now: Temporal.Instant, byName: string) => Prisma.sql`
  ended as (
    update "DeployedPackage" d set "isActive" = false, "endedAt" = ${now.toString()}::timestamptz
    from moved m
    where d."attachmentId" = m.id and d."isActive" and not exists (
      select from "ReleaseItem" i where i."releaseId" = m."releaseId" and i."packageId" = d."packageId")
    returning d.id),
  deployed as (
    insert into "DeployedPackage" (id, "attachmentId", "accountId", "environmentId", "componentId", "packageId", version,
      "deployedAt", "deployedByName")
    select new_id(), m.id, m."accountId", m."environmentId", i."componentId", i."packageId",
      1 + coalesce((select max(p.version) from "DeployedPackage" p
        where p."attachmentId" = m.id and p."componentId" = i."componentId"), 0),
      ${now.toString()}::timestamptz, ${byName}
    from moved m join "ReleaseItem" i on i."releaseId" = m."releaseId"
    -- All of them end first: one is active for each component. Asked by attachment and never by package: a plan that
    -- looks a package up goes through all attachments that have it by now (measured: 10 s instead of 0.3 s a chunk).
    where (select count(*) from ended) >= 0 and i."packageId" is distinct from (
      select p."packageId" from "DeployedPackage" p
      where p."attachmentId" = m.id and p."componentId" = i."componentId" and p."isActive"
      order by p.version desc limit 1)),
  overtaken as (
    update "Delivery" d set state = 'SUPERSEDED', "changedAt" = ${now.toString()}::timestamptz
    from moved m
    where d."attachmentId" = m.id and d."releaseId" <> m."releaseId" and d.state in ('WAITING', 'DOWNLOADING', 'FAILED')),
  receivers as (
    select m.id as "attachmentId", m."accountId", m."releaseId", n.id as "nodeId", n."atomId"
    from moved m
    join "EnvironmentAtom" e on e."environmentId" = m."environmentId"
    join "AtomNode" n on n."atomId" = e."atomId"
    -- A node that is being removed meanwhile is waited for, and then not there.
    for key share of n),
  delivering as (${insertDeliveries(now)})`

/**
 * Deliveries for each row of `receivers`. A node that has the release already, because it ran it before, keeps that;
 * one that was relieved of it has it to do again.
 */
const insertDeliveries = (now: Temporal.Instant) => Prisma.sql`
  insert into "Delivery" ("attachmentId", "nodeId", "releaseId", "atomId", "accountId", "totalBytes", "changedAt")
  select r."attachmentId", r."nodeId", r."releaseId", r."atomId", r."accountId", sizes.bytes, ${now.toString()}::timestamptz
  from receivers r
  join (
    select d."releaseId", coalesce(sum(c.size), 0) as bytes
    from (select distinct "releaseId" from receivers) d
    left join "ReleaseItem" i on i."releaseId" = d."releaseId"
    left join "PackagedComponent" p on p.id = i."packageId"
    left join "ComponentRevision" v on v.id = p."revisionId"
    left join "Content" c on c.id = v."contentId"
    group by d."releaseId") sizes on sizes."releaseId" = r."releaseId"
  on conflict ("attachmentId", "nodeId", "releaseId") do update set state = 'WAITING', cause = null, attempts = 0,
    "progressBytes" = 0, "changedAt" = excluded."changedAt"
  where "Delivery".state = 'SUPERSEDED'`

/**
 * Keeps what the Atom's environments run as it is until the transaction ends. Before its nodes are touched: a release
 * going out takes attachments first and nodes after them, too, so that neither waits for the other in a circle.
 */
export async function holdAttachments(tx: Tx, atomId: string) {
  await tx.$queryRaw`
    select a.id from "Attachment" a
    where a."detachedAt" is null and a."environmentId" in (
      select e."environmentId" from "EnvironmentAtom" e where e."atomId" = ${atomId}::uuid)
    order by a.id for share`
}

/**
 * Gives nodes of an Atom what the environments it is in run: all its nodes, or the one named, that has just registered.
 * The attachments are locked, so that a release going out is either seen here or sees the node.
 */
export async function deliverToAtom(
  tx: Tx,
  { atomId, nodeId = null }: { atomId: string; nodeId?: string | null },
  now: Temporal.Instant,
) {
  await tx.$executeRaw`
    with attached as materialized (
      select a.id, a."accountId", a."environmentId", a."releaseId" from "Attachment" a
      where a."detachedAt" is null and a."environmentId" in (
        select e."environmentId" from "EnvironmentAtom" e where e."atomId" = ${atomId}::uuid)
      order by a.id for share),
    receivers as (
      select a.id as "attachmentId", a."accountId", a."releaseId", n.id as "nodeId", n."atomId"
      from attached a, "AtomNode" n
      where n."atomId" = ${atomId}::uuid and (${nodeId}::uuid is null or n.id = ${nodeId}::uuid))
    ${insertDeliveries(now)}`
}

/** An Atom has left an environment: its nodes need not deliver there what they have not finished, and run it no more. */
export async function relieveAtom(
  tx: Tx,
  { atomId, environmentId }: { atomId: string; environmentId: string },
  now: Temporal.Instant,
) {
  await tx.$executeRaw`
    update "Delivery" d set state = 'SUPERSEDED', "changedAt" = ${now.toString()}::timestamptz
    from "Attachment" a
    where a.id = d."attachmentId" and a."environmentId" = ${environmentId}::uuid and d."atomId" = ${atomId}::uuid
      and d.state <> 'SUPERSEDED'`
}

/** Part of a statement that detaches: what ran through the rows of its `detached`, which has id, runs no more. */
export const endDetached = (now: Temporal.Instant) => Prisma.sql`
  ended as (
    update "DeployedPackage" d set "isActive" = false, "endedAt" = ${now.toString()}::timestamptz
    from detached where d."attachmentId" = detached.id and d."isActive"),
  overtaken as (
    update "Delivery" d set state = 'SUPERSEDED', "changedAt" = ${now.toString()}::timestamptz
    from detached where d."attachmentId" = detached.id and d.state <> 'SUPERSEDED')`
