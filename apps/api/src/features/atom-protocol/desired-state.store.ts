import type { Database } from '@packline/database/client.ts'
import { Prisma } from '@packline/database/generated/client.ts'
import { z } from 'zod'

const releasedPackage = z.object({
  packageId: z.uuid(),
  componentId: z.uuid(),
  componentName: z.string(),
  componentType: z.string(),
  version: z.string(),
  sha256: z.string(),
  size: z.number(),
  mediaType: z.string(),
})
export type ReleasedPackage = z.infer<typeof releasedPackage>

const deployment = z.object({
  attachmentId: z.uuid(),
  accountId: z.string(),
  installationName: z.string(),
  packName: z.string(),
  releaseId: z.uuid(),
  sequence: z.number(),
  retry: z.number(),
})
type DesiredDeployment = z.infer<typeof deployment> & { packages: ReleasedPackage[] }

const desiredRow = z.object({
  nodeId: z.uuid(),
  atomId: z.uuid(),
  environmentIds: z.array(z.uuid()),
  heldAccountIds: z.array(z.string()),
  throughPacks: z.array(deployment),
  byThemselves: z.array(deployment.extend({ packages: z.array(releasedPackage) })),
})
export type DesiredRow = Omit<z.infer<typeof desiredRow>, 'throughPacks' | 'byThemselves'> & {
  deployments: DesiredDeployment[]
}

const contentRow = z.object({ releaseId: z.uuid(), packages: z.array(releasedPackage) })

/** The package "p" with its content "c", as an Atom needs to know it. */
const packageAsJson = Prisma.sql`json_build_object('packageId', p.id, 'componentId', p."componentId",
  'componentName', p."componentName", 'componentType', p."componentType", 'version', p.version, 'sha256', c.sha256,
  'size', c.size, 'mediaType', c."mediaType")`

/**
 * What these nodes should run, by node, in two statements however many they are: nodes of a thousand Atoms run the same
 * few releases. A package that was deployed by itself is told like an attachment with one package: known by its
 * component, of which an Atom runs one deployment at a time. A node that is missing was removed. Suspended accounts are
 * named and left out (D-20).
 */
export async function readDesired(
  db: Database,
  nodeIds: readonly string[],
): Promise<Map<string, DesiredRow>> {
  const rows = z.array(desiredRow).parse(
    await db.$queryRaw`
      with place as (
        select n.id as "nodeId", e."environmentId", e."accountId", c.status in ('suspended', 'deleted') as "isHeld"
        from "AtomNode" n
        join "EnvironmentAtom" e on e."atomId" = n."atomId"
        join "Account" c on c.id = e."accountId"
        where n.id = any(${[...nodeIds]}::uuid[]))
      select n.id as "nodeId", n."atomId",
        coalesce((select json_agg(distinct p."environmentId") from place p where p."nodeId" = n.id), '[]')
          as "environmentIds",
        coalesce((select json_agg(distinct p."accountId") from place p where p."nodeId" = n.id and p."isHeld"), '[]')
          as "heldAccountIds",
        coalesce((
          select json_agg(json_build_object('attachmentId', a.id, 'accountId', a."accountId",
            'installationName', i.name, 'packName', k.name, 'releaseId', r.id, 'sequence', r.sequence,
            'retry', case d.state when 'WAITING' then d.attempts else 0 end) order by a.id)
          from place p
          join "Attachment" a on a."environmentId" = p."environmentId" and a."accountId" = p."accountId"
            and a."detachedAt" is null
          join "Installation" i on i.id = a."installationId"
          join "IntegrationPack" k on k.id = a."packId"
          join "Release" r on r.id = a."releaseId"
          left join "Delivery" d on d."attachmentId" = a.id and d."nodeId" = n.id and d."releaseId" = r.id
          where p."nodeId" = n.id and not p."isHeld"), '[]') as "throughPacks",
        coalesce((
          select json_agg(json_build_object('attachmentId', d."componentId", 'accountId', d."accountId",
            'installationName', p."componentName", 'packName', '', 'releaseId', d.id, 'sequence', d.version, 'retry', 0,
            'packages', json_build_array(${packageAsJson})) order by d.id)
          from place t
          join "Deployment" d on d."environmentId" = t."environmentId" and d."accountId" = t."accountId"
            and d."endedAt" is null
          join "PackagedComponent" p on p.id = d."packageId"
          join "ComponentRevision" v on v.id = p."revisionId"
          join "Content" c on c.id = v."contentId"
          where t."nodeId" = n.id and not t."isHeld"), '[]') as "byThemselves"
      from "AtomNode" n where n.id = any(${[...nodeIds]}::uuid[])`,
  )
  const releaseIds = rows.flatMap(({ throughPacks }) => throughPacks.map(({ releaseId }) => releaseId))
  const contents = await readContents(db, [...new Set(releaseIds)])
  return new Map(
    rows.map(({ throughPacks, byThemselves, ...row }) => {
      const attached = throughPacks.map((one) => ({ ...one, packages: contents.get(one.releaseId) ?? [] }))
      return [row.nodeId, { ...row, deployments: [...attached, ...byThemselves] }]
    }),
  )
}

async function readContents(db: Database, releaseIds: readonly string[]) {
  if (releaseIds.length === 0) return new Map<string, ReleasedPackage[]>()
  const rows = await db.$queryRaw`
    select i."releaseId", json_agg(${packageAsJson} order by p."componentId") as packages
    from "ReleaseItem" i
    join "PackagedComponent" p on p.id = i."packageId"
    join "ComponentRevision" v on v.id = p."revisionId"
    join "Content" c on c.id = v."contentId"
    where i."releaseId" = any(${[...releaseIds]}::uuid[])
    group by i."releaseId"`
  return new Map(
    z
      .array(contentRow)
      .parse(rows)
      .map(({ releaseId, packages }) => [releaseId, packages]),
  )
}
