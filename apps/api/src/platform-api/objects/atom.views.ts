import { Prisma } from '@packline/database/generated/client.ts'
import { silenceLimitSeconds } from '@packline/domain/atoms/atom-status.ts'
import type { Source } from '../query/source.views.ts'

/** A node's status by how long it has been silent, in the machine's time like every node's. */
const nodeStatus = Prisma.sql`case when n."lastSeenAt" is null then 'UNKNOWN'
  when n."lastSeenAt" > now() - make_interval(secs => ${silenceLimitSeconds}) then 'ONLINE' else 'OFFLINE' end`

const nodes = Prisma.sql`
  select count(*) filter (where status = 'ONLINE') as online, count(*) filter (where status = 'UNKNOWN') as unknown,
    count(*) as total, (array_agg(name order by name))[1] as host,
    (array_agg("agentVersion" order by "lastSeenAt" desc nulls last))[1] as version,
    json_agg(json_build_object('nodeId', id, 'hostName', name, 'status', status, 'clusterProblem', '') order by name, id)
      as details
  from (select n.*, ${nodeStatus} as status from "AtomNode" n where n."atomId" = t.id) n`

/** The account's Atoms and the Atom Clouds of others that serve it. */
export const atoms: Source = {
  idColumn: 'id',
  properties: {
    name: 'text',
    id: 'text',
    hostName: 'text',
    status: 'text',
    type: 'text',
    capabilities: 'texts',
    cloudId: 'text',
    attachmentCloudId: 'text',
    cloudMoleculeId: 'text',
    instanceId: 'text',
    isCloudAttachment: 'boolean',
  },
  select: ({ accountId }) => Prisma.sql`
    select t.id::text as key, t.id::text as id, t.name, t.type::text as type, case
        when n.total = n.unknown then 'UNKNOWN' when n.total = n.online then 'ONLINE'
        when n.online > 0 then 'WARNING' else 'OFFLINE' end as status,
      case when not v."isForeign" then n.host end as "hostName", n.version as "currentVersion",
      t."createdAt" as "dateInstalled", case when not v."isForeign" then t."createdByName" end as "createdBy",
      '{}'::text[] as capabilities, v."isForeign" as "isCloudAttachment",
      case when v."isForeign" then t.id::text end as "cloudId", case when v."isForeign" then t.name end as "cloudName",
      case when v."isForeign" then owner.name end as "cloudOwnerName", null::text as "attachmentCloudId",
      null::text as "cloudMoleculeId", null::text as "instanceId",
      case when t.type <> 'ATOM' and not v."isForeign" then json_build_object('node', coalesce(n.details, '[]'))
        end as cluster,
      json_build_array(t.name, v."environmentId") as "etagFacts"
    from (
      select id, "environmentId", false as "isForeign" from "Atom" where "accountId" = ${accountId}
      union all
      select "atomId", "environmentId", true from "CloudAccount" where "accountId" = ${accountId}) v
    join "Atom" t on t.id = v.id
    join "Account" owner on owner.id = t."accountId"
    cross join lateral (${nodes}) n`,
}
