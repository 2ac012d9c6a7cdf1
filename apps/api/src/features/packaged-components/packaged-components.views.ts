import { componentType } from '@packline/contract/components.ts'
import type { PageOf } from '@packline/contract/field.ts'
import type { packageQuery, PackageView } from '@packline/contract/packaged-components.ts'
import type { Database, Tx } from '@packline/database/client.ts'
import { Prisma } from '@packline/database/generated/client.ts'
import {
  componentTypesByLabel,
  componentTypeTable,
} from '@packline/domain/packaged-components/component-type.ts'
import { cleanLine } from '@packline/domain/text/clean-text.ts'
import { z } from 'zod'
import type { AccountScope } from '../../platform/actor.ts'

type PackageQuery = z.output<typeof packageQuery>

const count = z.tuple([z.object({ total: z.number() })])

const packageRow = z.object({
  id: z.uuid(),
  componentId: z.uuid(),
  componentName: z.string(),
  componentType,
  folder: z.string(),
  version: z.string(),
  ordinal: z.number(),
  revision: z.number(),
  notes: z.string(),
  shareable: z.boolean(),
  isDeleted: z.boolean(),
  deployedTo: z.number(),
  createdAt: z.date().transform((date) => date.toISOString()),
  createdByName: z.string(),
})

/** A row as screens see it: sharing only where the type has it. */
function packageViewOf({ isDeleted, ...row }: z.output<typeof packageRow>): PackageView {
  const hasSharing = componentTypeTable[row.componentType].fitsIntoPacks
  return { ...row, shareable: hasSharing ? row.shareable : null, status: isDeleted ? 'deleted' : 'active' }
}

const packageRows = z.array(packageRow.transform(packageViewOf))

/**
 * The rows of the packages that `page` selects. Environments are counted once for each set of releases, not for each
 * package: the packages of one release run in the same environments, and there may be very many of these.
 */
const packageRowsSql = (page: Prisma.Sql, order: Prisma.Sql) => Prisma.sql`
  with page as materialized (${page}),
  part as (
    select i."packageId", array_agg(i."releaseId" order by i."releaseId") as releases
    from page join "ReleaseItem" i on i."packageId" = page.id group by i."packageId"),
  release_set as (select row_number() over () as id, releases from (select distinct releases from part) d),
  member as (select s.id, unnest(s.releases) as "releaseId" from release_set s),
  running as materialized (
    select a."releaseId", a."environmentId" from (select distinct "releaseId" from member) m
    join "Release" r on r.id = m."releaseId"
    join "Attachment" a on a."packId" = r."packId" and a."releaseId" = r.id
    where a."detachedAt" is null),
  -- Few of each package: an account's own environments.
  deployed as (
    select d."packageId", count(*)::int as environments from page join "Deployment" d on d."packageId" = page.id
    where d."endedAt" is null group by d."packageId"),
  reach as (
    select d.id, count(*)::int as environments from (
      select distinct member.id, running."environmentId"
      from member join running on running."releaseId" = member."releaseId") d
    group by d.id)
  select p.id, p."componentId", p."componentName", p."componentType", p.folder, p.version, p.ordinal, r.revision,
    p.notes, p.shareable, p."deletedAt" is not null as "isDeleted", p."createdAt", p."createdByName",
    coalesce(reach.environments, 0) + coalesce(deployed.environments, 0) as "deployedTo"
  from page p
  join "ComponentRevision" r on r.id = p."revisionId"
  left join deployed on deployed."packageId" = p.id
  left join part on part."packageId" = p.id
  left join release_set s on s.releases = part.releases
  left join reach on reach.id = s.id
  order by ${order}`

/** Versions in the order of their numbers, 2.0 before 10.0, and those without a number last. */
const versionNumbers = Prisma.sql`
  string_to_array(substring(p.version from '^[0-9]{1,9}(?:\.[0-9]{1,9})*'), '.')::int[]`

const sortKeys: Record<PackageQuery['sort'], Prisma.Sql[]> = {
  createdAt: [],
  componentName: [Prisma.sql`lower(p."componentName")`],
  componentType: [Prisma.sql`array_position(${componentTypesByLabel}::text[], p."componentType"::text)`],
  version: [versionNumbers, Prisma.sql`lower(p.version)`],
  sharing: [Prisma.sql`p.shareable`],
  status: [Prisma.sql`(p."deletedAt" is not null)`],
}

/** What was made last comes first among equals; the id settles what was made at the same time. */
function orderOf({ sort, direction }: PackageQuery): Prisma.Sql {
  const towards = direction === 'asc' ? Prisma.sql`asc` : Prisma.sql`desc`
  if (sort === 'createdAt') return Prisma.sql`p."createdAt" ${towards}, p.id ${towards}`
  const keys = sortKeys[sort].map((key) => Prisma.sql`${key} ${towards} nulls last`)
  return Prisma.join([...keys, Prisma.sql`p."createdAt" desc, p.id desc`])
}

/** The statement behind a page of the list. */
export function packageListSql(scope: AccountScope, query: PackageQuery): Prisma.Sql {
  const { page, pageSize } = query
  const order = orderOf(query)
  return packageRowsSql(
    Prisma.sql`
      select p.* from "PackagedComponent" p where ${matches(scope, query)}
      order by ${order} limit ${pageSize} offset ${(page - 1) * pageSize}`,
    order,
  )
}

export async function listPackages(
  db: Database,
  scope: AccountScope,
  query: PackageQuery,
): Promise<PageOf<PackageView>> {
  const rows = packageRows.parse(await db.$queryRaw(packageListSql(scope, query)))
  const [{ total }] = count.parse(
    await db.$queryRaw`
      select count(*)::int as total from "PackagedComponent" p where ${matches(scope, query)}`,
  )
  return { rows, total, page: query.page, pageSize: query.pageSize }
}

function matches(
  scope: AccountScope,
  { search, componentId, packageId, type, sharing, showDeleted }: PackageQuery,
): Prisma.Sql {
  const conditions = [Prisma.sql`p."accountId" = ${scope}`]
  if (!showDeleted) conditions.push(Prisma.sql`p."deletedAt" is null`)
  const text = cleanLine(search ?? '')
  if (text) {
    conditions.push(Prisma.sql`
      (strpos(lower(p."componentName"), lower(${text})) > 0 or strpos(lower(p.version), lower(${text})) > 0)`)
  }
  if (componentId) conditions.push(Prisma.sql`p."componentId" = ${componentId}::uuid`)
  if (packageId) conditions.push(Prisma.sql`p.id = ${packageId}::uuid`)
  if (type) conditions.push(Prisma.sql`p."componentType" = ${type}::"ComponentType"`)
  if (sharing === 'allowed') conditions.push(Prisma.sql`p.shareable`)
  // Sharing does not exist for the other types, so it is not refused for them either.
  if (sharing === 'not-allowed') {
    conditions.push(Prisma.sql`not p.shareable and p."componentType" in ('process', 'webservice')`)
  }
  return Prisma.join(conditions, ' and ')
}

/** Packages of the account by id, in the order asked for. */
export async function findPackages(
  db: Database | Tx,
  scope: AccountScope,
  packageIds: readonly string[],
): Promise<PackageView[]> {
  const order = Prisma.sql`array_position(${packageIds}::uuid[], p.id)`
  const page = Prisma.sql`
    select p.* from "PackagedComponent" p where p."accountId" = ${scope} and p.id = any(${packageIds}::uuid[])`
  return packageRows.parse(await db.$queryRaw(packageRowsSql(page, order)))
}
