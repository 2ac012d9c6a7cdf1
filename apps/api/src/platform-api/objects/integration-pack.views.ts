import { Prisma } from '@packline/database/generated/client.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Source } from '../query/source.views.ts'
import { encodedId } from './conceptual-id.ts'

const instanceId = (id: Prisma.Sql) => encodedId(Prisma.sql`'IntegrationPackInstance' || ${id}`)

/** What the account may install: shared with it, released, and not its own (R-46, R-49). */
export const availablePacks: Source = {
  idColumn: 'id',
  properties: { name: 'text', id: 'text', installationType: 'text' },
  select: ({ accountId }) => Prisma.sql`
    select k.id::text as key, k.id::text as id, k.name, k.type::text as "installationType",
      k.description as "Description"
    from "IntegrationPack" k
    where k.id in (
        select gp."packId" from "AccountGroupAccount" ga join "AccountGroupPack" gp on gp."groupId" = ga."groupId"
        where ga."accountId" = ${accountId})
      and k."accountId" <> ${accountId} and k."deletedAt" is null and k."currentReleaseId" is not null`,
}

/** The processes that an installation brings, by the ids they run under (R-60). */
const processesOf = Prisma.sql`
  select item."componentId"::text as "originalProcessId", w."wrapperProcessId"::text as "wrapperProcessId",
    case i."packType" when 'MULTI' then i.name || ' - ' || p."componentName" else p."componentName" end as name
  from "ReleaseItem" item
  join "PackagedComponent" p on p.id = item."packageId" and p."componentType" = 'process'
  left join "InstalledProcess" w on w."installationId" = i.id and w."componentId" = item."componentId"
  where item."releaseId" = i."lastDeliveredReleaseId"`

export const instances: Source = {
  idColumn: 'id',
  properties: {
    integrationPackOverrideName: 'text',
    integrationPackName: 'text',
    integrationPackId: 'text',
    id: 'text',
  },
  select: ({ accountId }) => Prisma.sql`
    select i.id::text as key, ${instanceId(Prisma.sql`i.id`)} as id, i."packId"::text as "integrationPackId",
      k.name as "integrationPackName",
      case i."packType" when 'MULTI' then i.name end as "integrationPackOverrideName",
      coalesce((select json_agg(p order by p.name, p."originalProcessId") from (${processesOf}) p), '[]') as "ProcessId",
      (select json_agg(a.id order by a.id) from "Attachment" a
        where a."installationId" = i.id and a."detachedAt" is null) as "etagFacts"
    from "Installation" i join "IntegrationPack" k on k.id = i."packId"
    where i."accountId" = ${accountId} and i."uninstalledAt" is null`,
}

export const environmentAttachments: Source = {
  idColumn: 'id',
  properties: { environmentId: 'text', integrationPackInstanceId: 'text' },
  select: ({ accountId }) => Prisma.sql`
    select a.id::text as key, a."environmentId"::text as "environmentId",
      ${instanceId(Prisma.sql`a."installationId"`)} as "integrationPackInstanceId",
      ${encodedId(Prisma.sql`'ATTACH_IPACK_ENV' || a."installationId" || ':' || a."environmentId"`)} as id
    from "Attachment" a join "Environment" e on e.id = a."environmentId" and e."placeOfAtomId" is null
    where a."accountId" = ${accountId} and a."detachedAt" is null`,
}

/** What is attached to Atoms themselves, in accounts with legacy deployment. */
export const atomAttachments: Source = {
  idColumn: 'id',
  properties: { atomId: 'text', integrationPackInstanceId: 'text' },
  select: ({ accountId }) => Prisma.sql`
    select a.id::text as key, e."placeOfAtomId"::text as "atomId",
      ${instanceId(Prisma.sql`a."installationId"`)} as "integrationPackInstanceId",
      ${encodedId(Prisma.sql`'ATTACH_IPACK_ATOM' || a."installationId" || ':' || e."placeOfAtomId"`)} as id
    from "Attachment" a join "Environment" e on e.id = a."environmentId" and e."placeOfAtomId" is not null
    where a."accountId" = ${accountId} and a."detachedAt" is null`,
}

const integrationPackOf = Prisma.sql`json_build_object('integrationPackId', i."packId", 'integrationPackInstanceId', ${instanceId(Prisma.sql`i.id`)})`

/**
 * The processes of installed packs: under their own id for Single Attachment, whichever packs bring them, and under the
 * wrapper's for each installation of Multiple Attachments.
 */
export const processes: Source = {
  idColumn: 'id',
  properties: { name: 'text', id: 'text', integrationPackId: 'texts', integrationPackInstanceId: 'texts' },
  select: (actor) => Prisma.sql`
    select coalesce(p."wrapperProcessId", p."originalProcessId") as key,
      coalesce(p."wrapperProcessId", p."originalProcessId") as id, min(p.name) as name, '' as "Description",
      json_agg(p.pack) as "IntegrationPack", array_agg(p."packId") as "integrationPackId",
      array_agg(p."instanceId") as "integrationPackInstanceId"
    from (${installedProcesses(actor)}) p
    group by coalesce(p."wrapperProcessId", p."originalProcessId")`,
}

const installedProcesses = ({ accountId }: Actor) => Prisma.sql`
  select p.*, i."packId"::text as "packId", ${instanceId(Prisma.sql`i.id`)} as "instanceId", ${integrationPackOf} as pack
  from "Installation" i cross join lateral (${processesOf}) p
  where i."accountId" = ${accountId} and i."uninstalledAt" is null`
