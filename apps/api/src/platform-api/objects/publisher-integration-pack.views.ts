import type { Database, Tx } from '@packline/database/client.ts'
import { Prisma } from '@packline/database/generated/client.ts'
import { z } from 'zod'
import type { AccountScope } from '../../platform/actor.ts'
import type { Source } from '../query/source.views.ts'

export const publishedPacks: Source = {
  idColumn: 'id',
  properties: { name: 'text', id: 'text', installationType: 'text' },
  gone: 'This integration pack was deleted.',
  select: ({ accountId }) => Prisma.sql`
    select k.id::text as key, k.id::text as id, k.name, k.type::text as "installationType",
      k.description as "Description", k.version as "etagVersion", k."deletedAt" is not null as "isGone"
    from "IntegrationPack" k where k."accountId" = ${accountId}`,
}

const releasedComponents = Prisma.sql`
  select coalesce(json_agg(json_build_object('componentId', item."componentId", 'version', p.version,
    'releasedVersion', p.version) order by p."componentName", p.id), '[]')
  from "ReleaseItem" item join "PackagedComponent" p on p.id = item."packageId" where item."releaseId" = r.id`

/**
 * Releases by the request that asked for them. A changed release keeps its request, so of several the newest counts.
 * What was cancelled or replaced by another request has not gone out: an error, final.
 */
export const releaseRequests: Source = {
  idColumn: 'requestId',
  properties: {},
  gone: 'The integration pack of this release was deleted.',
  select: ({ accountId }) => Prisma.sql`
    select r.id::text as key, 'release-' || r."requestId" as "requestId", r."packId"::text as "integrationPackId", k.name,
      k.type::text as "installationType",
      case r.timing when 'DATED' then 'RELEASE_ON_SPECIFIED_DATE' else 'IMMEDIATELY' end as "releaseSchedule",
      r."releaseOn"::text as "releaseOnDate",
      case when r.status = 'SCHEDULED' and r.timing = 'DATED' then 'SCHEDULED'
        when r.status in ('SCHEDULED', 'IN_PROGRESS') then 'IN_PROGRESS'
        when r.status = 'SUCCESS' then 'SUCCESS' else 'ERROR' end as "releaseStatus",
      json_build_object('ReleasePackagedComponent', (${releasedComponents})) as "ReleasePackagedComponents",
      k."deletedAt" is not null as "isGone"
    from "Release" r join "IntegrationPack" k on k.id = r."packId"
    where k."accountId" = ${accountId} and not exists (
      select from "Release" later where later."requestId" = r."requestId" and later.sequence > r.sequence)`,
}

const versionRow = z.object({ componentId: z.uuid(), version: z.string(), packageId: z.uuid() })

/** The packages of this account with these versions, in whatever state they are: the release decides whether they fit. */
export async function findVersions(
  db: Database | Tx,
  scope: AccountScope,
  asked: readonly { componentId: string; version: string }[],
) {
  const rows = await db.$queryRaw`
    select p."componentId", p.version, p.id as "packageId"
    from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) a("componentId" uuid, version text)
    join "PackagedComponent" p on p."componentId" = a."componentId" and p.version = a.version
    where p."accountId" = ${scope}`
  return z.array(versionRow).parse(rows)
}

const scheduledRow = z.object({
  id: z.uuid(),
  releaseOn: z.string(),
  content: z.array(z.object({ componentId: z.uuid(), packageId: z.uuid() })),
})

/** The release of the pack that waits for its date, with its content. */
export async function findScheduled(db: Database | Tx, scope: AccountScope, packId: string) {
  const rows = await db.$queryRaw`
    select r.id, r."releaseOn"::text as "releaseOn",
      coalesce((select json_agg(json_build_object('componentId', i."componentId", 'packageId', i."packageId"))
        from "ReleaseItem" i where i."releaseId" = r.id), '[]') as content
    from "Release" r join "IntegrationPack" k on k.id = r."packId"
    where k.id = ${packId}::uuid and k."accountId" = ${scope} and r.status = 'SCHEDULED' and r.timing = 'DATED'`
  return z.array(scheduledRow).parse(rows)[0]
}

/** The request id under which the newest release of the pack is known. */
export async function findRequestId(db: Database | Tx, releaseId: string): Promise<string> {
  const rows = await db.$queryRaw`
    select 'release-' || "requestId" as id from "Release" where id = ${releaseId}::uuid`
  const [found] = z.array(z.object({ id: z.string() })).parse(rows)
  return found?.id ?? ''
}
