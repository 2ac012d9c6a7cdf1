import {
  type componentQuery,
  type ComponentDetails,
  componentType,
  type ComponentView,
  revisionView,
} from '@packline/contract/components.ts'
import type { PageOf } from '@packline/contract/field.ts'
import type { Database, Tx } from '@packline/database/client.ts'
import { Prisma } from '@packline/database/generated/client.ts'
import {
  componentTypesByLabel,
  maySharePackages,
} from '@packline/domain/packaged-components/component-type.ts'
import { cleanLine } from '@packline/domain/text/clean-text.ts'
import { z } from 'zod'
import type { AccountScope } from '../../platform/actor.ts'

type ComponentQuery = z.output<typeof componentQuery>

const instant = z.date().transform((date) => date.toISOString())
const count = z.tuple([z.object({ total: z.number() })])

const componentRow = z
  .object({
    id: z.uuid(),
    accountId: z.string(),
    name: z.string(),
    type: componentType,
    folder: z.string(),
    containsProcessRoute: z.boolean(),
    currentRevision: z.number(),
    packageCount: z.number(),
    newestVersion: z.string().nullable(),
    createdAt: instant,
    changedAt: instant,
    createdByName: z.string(),
  })
  .transform((row): ComponentView => {
    const { accountId: _accountId, ...shown } = row
    return { ...shown, canBeShared: maySharePackages(row) }
  })

/** What a screen shows of the components `c` selects, with their active packages. */
const columns = Prisma.sql`
  c.id, c."accountId", c.name, c.type, c.folder, c."containsProcessRoute", c."currentRevision", c."createdAt",
  c."changedAt", c."createdByName",
  (select count(*)::int from "PackagedComponent" p
    where p."componentId" = c.id and p."deletedAt" is null) as "packageCount",
  (select p.version from "PackagedComponent" p
    where p."componentId" = c.id and p."deletedAt" is null order by p.ordinal desc limit 1) as "newestVersion"`

const sortKeys: Record<ComponentQuery['sort'], Prisma.Sql> = {
  name: Prisma.sql`lower(c.name)`,
  type: Prisma.sql`array_position(${componentTypesByLabel}::text[], c.type::text)`,
  folder: Prisma.sql`lower(c.folder)`,
  changedAt: Prisma.sql`c."changedAt"`,
}
const directions = { asc: Prisma.sql`asc`, desc: Prisma.sql`desc` }

/** A page of the account's components; the rest of the row is looked up for the page only. */
export async function listComponents(
  db: Database,
  scope: AccountScope,
  query: ComponentQuery,
): Promise<PageOf<ComponentView>> {
  const { page, pageSize } = query
  const matching = matches(scope, query)
  const direction = directions[query.direction]
  const order = Prisma.sql`${sortKeys[query.sort]} ${direction}, lower(c.name), c.id ${direction}`
  const rows = await db.$queryRaw`
    select ${columns} from (
      select c.* from "Component" c where ${matching}
      order by ${order} limit ${pageSize} offset ${(page - 1) * pageSize}) c
    order by ${order}`
  const [{ total }] = count.parse(
    await db.$queryRaw`select count(*)::int as total from "Component" c where ${matching}`,
  )
  return { rows: z.array(componentRow).parse(rows), total, page, pageSize }
}

function matches(scope: AccountScope, { search, type, folder }: ComponentQuery): Prisma.Sql {
  const conditions = [Prisma.sql`c."accountId" = ${scope}`, Prisma.sql`c."deletedAt" is null`]
  const text = cleanLine(search ?? '')
  if (text) conditions.push(Prisma.sql`strpos(lower(c.name), lower(${text})) > 0`)
  if (type) conditions.push(Prisma.sql`c.type = ${type}::"ComponentType"`)
  if (folder !== undefined) {
    const inside = cleanLine(folder)
    conditions.push(Prisma.sql`(c.folder = ${inside} or starts_with(c.folder, ${`${inside}/`}))`)
  }
  return Prisma.join(conditions, ' and ')
}

const revisionRows = z.array(revisionView.extend({ createdAt: instant }))

/** The component with all its revisions, newest first. */
export async function findComponent(
  db: Database | Tx,
  scope: AccountScope,
  componentId: string,
): Promise<ComponentDetails | undefined> {
  const rows = await db.$queryRaw`
    select ${columns} from "Component" c
    where c.id = ${componentId}::uuid and c."accountId" = ${scope} and c."deletedAt" is null`
  const component = z.array(componentRow).parse(rows)[0]
  if (!component) return undefined

  const revisions = await db.$queryRaw`
    select r.id, r.revision, t.sha256, t.size, t."mediaType", r."createdAt", r."createdByName"
    from "ComponentRevision" r join "Content" t on t.id = r."contentId"
    where r."componentId" = ${componentId}::uuid order by r.revision desc`
  return { ...component, revisions: revisionRows.parse(revisions) }
}

/** The folders that components are in, by name. */
export async function listFolders(db: Database, scope: AccountScope): Promise<string[]> {
  const rows = await db.$queryRaw`
    select folder from "Component" where "accountId" = ${scope} and "deletedAt" is null and folder <> ''
    group by folder order by lower(folder), folder`
  return z
    .array(z.object({ folder: z.string() }))
    .parse(rows)
    .map(({ folder }) => folder)
}

const contentRow = z.object({
  contentId: z.uuid(),
  sha256: z.string(),
  size: z.number(),
  mediaType: z.string(),
  name: z.string(),
})

/** Where the bytes of a revision are, and what its file is called after. */
export async function findRevisionContent(
  db: Database,
  scope: AccountScope,
  { componentId, revision }: { componentId: string; revision: number },
) {
  const rows = await db.$queryRaw`
    select t.id as "contentId", t.sha256, t.size, t."mediaType", c.name
    from "Component" c
    join "ComponentRevision" r on r."componentId" = c.id and r.revision = ${revision}
    join "Content" t on t.id = r."contentId"
    where c.id = ${componentId}::uuid and c."accountId" = ${scope} and c."deletedAt" is null`
  return z.array(contentRow).parse(rows)[0]
}
