import { type PackageDetails, packageDetails } from '@packline/contract/packaged-components.ts'
import type { Database } from '@packline/database/client.ts'
import { z } from 'zod'
import type { AccountScope } from '../../platform/actor.ts'
import { findPackages } from './packaged-components.views.ts'

const instant = z.date().transform((date) => date.toISOString())

const factRow = z.object({
  sha256: z.string(),
  size: z.number(),
  mediaType: z.string(),
  deletedAt: instant.nullable(),
  deletedByName: z.string().nullable(),
})

const deploymentRows = z.array(
  packageDetails.shape.deployments.element.extend({ deployedAt: instant, total: z.number() }),
)

export type DetailsChoice = {
  scope: AccountScope
  packageId: string
  /** The tab Integration Packs needs a privilege and a feature of its own. */
  withPacks: boolean
}

/** Everything the details panel shows of a package, in at most four statements. */
export async function findPackageDetails(
  db: Database,
  { scope, packageId, withPacks }: DetailsChoice,
): Promise<PackageDetails | undefined> {
  const [view] = await findPackages(db, scope, [packageId])
  if (!view) return undefined
  const [facts] = z.tuple([factRow]).parse(
    await db.$queryRaw`
      select t.sha256, t.size, t."mediaType", p."deletedAt", p."deletedByName"
      from "PackagedComponent" p
      join "ComponentRevision" r on r.id = p."revisionId" join "Content" t on t.id = r."contentId"
      where p.id = ${view.id}::uuid`,
  )
  const deployments = await listDeployments(db, view.id)
  return {
    ...view,
    ...facts,
    deployments: deployments.map(({ total: _total, ...deployment }) => deployment),
    deploymentTotal: deployments[0]?.total ?? 0,
    integrationPacks: withPacks ? await listUsingPacks(db, scope, view.id) : [],
  }
}

/**
 * Fifty of the places where the package runs, by itself first and then through attachments that run a release with it,
 * and how many there are. Only these are looked up by name: there may be a million.
 */
async function listDeployments(db: Database, packageId: string) {
  return deploymentRows.parse(
    await db.$queryRaw`
      with running as not materialized (
        select a.id, a."accountId", a."environmentId", a."packId", a."lastUpdatedAt" from "ReleaseItem" i
        join "Release" r on r.id = i."releaseId"
        join "Attachment" a on a."packId" = r."packId" and a."releaseId" = r.id and a."detachedAt" is null
        where i."packageId" = ${packageId}::uuid),
      deployed as materialized (
        select id, "accountId", "environmentId", null::uuid as "packId", "deployedAt" as "lastUpdatedAt"
        from "Deployment" where "packageId" = ${packageId}::uuid and "endedAt" is null),
      shown as materialized (
        (select * from deployed order by id limit 50) union all (select * from running order by id limit 50)
        limit 50)
      select c.name as "accountName", e.name as "environmentName", e.classification, k.name as "packName",
        a."lastUpdatedAt" as "deployedAt", (select count(*)::int from running) + (select count(*)::int from deployed) as total
      from shown a
      left join "IntegrationPack" k on k.id = a."packId"
      join "Environment" e on e.id = a."environmentId"
      join "Account" c on c.id = a."accountId"
      order by lower(c.name), lower(e.name), lower(k.name), a.id`,
  )
}

/** The packs that have the package, each with the strongest use it makes of it. */
async function listUsingPacks(db: Database, scope: AccountScope, packageId: string) {
  return packageDetails.shape.integrationPacks.parse(
    await db.$queryRaw`
      with used as (
        select r."packId" as id, case
          when r.id = k."currentReleaseId" then 1 when r.status = 'SCHEDULED' then 2
          when r."startedAt" is not null then 4 end as strength
        from "ReleaseItem" i join "Release" r on r.id = i."releaseId"
        join "IntegrationPack" k on k.id = r."packId"
        where i."packageId" = ${packageId}::uuid
        union all
        select "packId", 3 from "PackItem" where "pendingPackageId" = ${packageId}::uuid)
      select k.id, k.name, k.description,
        (array['current', 'scheduled', 'pending', 'released-before'])[min(used.strength)] as use
      from used join "IntegrationPack" k on k.id = used.id
      where k."accountId" = ${scope} and k."deletedAt" is null and used.strength is not null
      group by k.id order by lower(k.name), k.id`,
  )
}

const contentRow = z.object({
  contentId: z.uuid(),
  sha256: z.string(),
  size: z.number(),
  mediaType: z.string(),
  name: z.string(),
  version: z.string(),
})

/** Where the bytes of a package are, and what its file is called after. Deleted packages keep theirs. */
export async function findPackageContent(db: Database, scope: AccountScope, packageId: string) {
  const rows = await db.$queryRaw`
    select t.id as "contentId", t.sha256, t.size, t."mediaType", p."componentName" as name, p.version
    from "PackagedComponent" p
    join "ComponentRevision" r on r.id = p."revisionId" join "Content" t on t.id = r."contentId"
    where p.id = ${packageId}::uuid and p."accountId" = ${scope}`
  return z.array(contentRow).parse(rows)[0]
}
