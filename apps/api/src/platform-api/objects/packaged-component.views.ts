import { Prisma } from '@packline/database/generated/client.ts'
import type { Source } from '../query/source.views.ts'

/** There is one line of versions here; clients read its name as the branch. */
const branch = 'main'

export const packagedComponents: Source = {
  idColumn: 'packageId',
  isLarge: true,
  properties: {
    packageId: 'text',
    packageVersion: 'text',
    componentId: 'text',
    componentVersion: 'integer',
    componentType: 'text',
    notes: 'text',
    shareable: 'boolean',
    deleted: 'boolean',
    createdDate: 'date-time',
    createdBy: 'text',
    branchName: 'text',
  },
  select: ({ accountId }) => Prisma.sql`
    select p.id::text as key, p.id as uuid, p.id::text as "packageId", p.version as "packageVersion",
      p."componentId"::text as "componentId", r.revision as "componentVersion", p."componentType"::text as "componentType",
      p.notes, p.shareable, p."deletedAt" is not null as deleted, p."createdAt" as "createdDate",
      p."createdByName" as "createdBy", ${branch} as "branchName",
      json_build_array(p."deletedAt" is not null) as "etagFacts"
    from "PackagedComponent" p join "ComponentRevision" r on r.id = p."revisionId"
    where p."accountId" = ${accountId}`,
}

/** What a package is made of: here its one component. */
export const manifests: Source = {
  idColumn: 'packageId',
  isLarge: true,
  properties: { packageId: 'text' },
  select: ({ accountId }) => Prisma.sql`
    select p.id::text as key, p.id as uuid, p.id::text as "packageId",
      json_build_array(json_build_object('id', p."componentId", 'version', r.revision)) as "componentInfo"
    from "PackagedComponent" p join "ComponentRevision" r on r.id = p."revisionId"
    where p."accountId" = ${accountId}`,
}

/** What runs or ran in the account's environments, by the packs attached to them or deployed by itself. */
export const deployedPackages: Source = {
  idColumn: 'deploymentId',
  isLarge: true,
  properties: {
    uid: 'text',
    notes: 'text',
    current: 'boolean',
    packageNotes: 'text',
    active: 'boolean',
    componentId: 'text',
    componentVersion: 'integer',
    componentName: 'text',
    componentType: 'text',
    deployedBy: 'text',
    deployedDate: 'date-time',
    deploymentId: 'text',
    environmentId: 'text',
    environmentName: 'text',
    packageId: 'text',
    packageVersion: 'text',
    version: 'integer',
    accountId: 'text',
    branch: 'text',
  },
  select: ({ accountId }) => Prisma.sql`
    select d.id::text as key, d.id as uuid, d.id::text as "deploymentId", d.id::text as uid, d."environmentId"::text as "environmentId",
      e.name as "environmentName", d."packageId"::text as "packageId", p.version as "packageVersion",
      d."componentId"::text as "componentId", r.revision as "componentVersion", p."componentName" as "componentName",
      p."componentType"::text as "componentType", d.version, d."isActive" as active, d."isActive" as current,
      d.notes, p.notes as "packageNotes", '' as message,
      case when d."isActive" then
        coalesce(d."listenerStatus", case p."componentType" when 'webservice' then 'RUNNING' end) end as "listenerStatus",
      d."deployedAt" as "deployedDate", d."deployedByName" as "deployedBy", d."accountId" as "accountId",
      ${branch} as branch, ${branch} as "branchName", json_build_array(d."isActive") as "etagFacts"
    from (
      select id, "accountId", "environmentId", "componentId", "packageId", version, "isActive", "deployedAt",
        "deployedByName", '' as notes, null as "listenerStatus"
      from "DeployedPackage" where "accountId" = ${accountId}
      union all
      select id, "accountId", "environmentId", "componentId", "packageId", version, "endedAt" is null, "deployedAt",
        "deployedByName", notes, "listenerStatus"::text
      from "Deployment" where "accountId" = ${accountId}) d
    join "PackagedComponent" p on p.id = d."packageId"
    join "ComponentRevision" r on r.id = p."revisionId"
    join "Environment" e on e.id = d."environmentId"`,
}
