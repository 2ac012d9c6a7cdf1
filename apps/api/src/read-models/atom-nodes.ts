import type { AtomListItem, AtomView } from '@packline/contract/atoms.ts'
import type { Database, Tx } from '@packline/database/client.ts'
import { atomStatus, type AtomStatus, nodeStatus } from '@packline/domain/atoms/atom-status.ts'
import { z } from 'zod'
import type { AccountScope } from '../platform/actor.ts'

const node = z.object({
  id: z.uuid(),
  name: z.string(),
  agentVersion: z.string(),
  address: z.string(),
  registeredAt: z.string(),
  lastSeenAt: z.string().nullable(),
  secondsSilent: z.number().nullable(),
})

const instant = z.date().transform((date) => date.toISOString())
const row = z.object({
  id: z.uuid(),
  name: z.string(),
  type: z.enum(['ATOM', 'MOLECULE', 'CLOUD']),
  isForeignCloud: z.boolean(),
  environmentId: z.uuid().nullable(),
  environmentName: z.string().nullable(),
  placeId: z.uuid().nullable(),
  createdAt: instant,
  createdByName: z.string(),
  tokenExpiresAt: instant.nullable(),
  servedAccounts: z.array(z.object({ id: z.string(), name: z.string() })),
  nodes: z.array(node),
})

/**
 * The account's Atoms and the Atom Clouds of others that serve it, by name, in one statement; those of one environment
 * or a single one when asked. Nodes are silent or not in the machine's time; when they were last heard from is shown in
 * business time, as everything else.
 */
export async function loadAtoms(
  db: Database | Tx,
  scope: AccountScope,
  { atomId = null, environmentId = null }: { atomId?: string | null; environmentId?: string | null } = {},
): Promise<AtomView[]> {
  const rows = await db.$queryRaw`
    with visible as (
      select id, "environmentId", false as "isForeignCloud" from "Atom" where "accountId" = ${scope}
      union all
      select "atomId", "environmentId", true from "CloudAccount" where "accountId" = ${scope})
    select t.id, t.name, t.type, v."isForeignCloud", v."environmentId", e.name as "environmentName",
      (select p.id from "Environment" p
        where p."placeOfAtomId" = t.id and p."accountId" = ${scope} and exists (
          select from "Attachment" a where a."environmentId" = p.id and a."detachedAt" is null)) as "placeId",
      t."createdAt",
      case when v."isForeignCloud" then '' else t."createdByName" end as "createdByName",
      case when not v."isForeignCloud" then (
        select app_now() + (max(k."expiresAt") - now()) from "AtomInstallToken" k
        where k."atomId" = t.id and k."usedAt" is null and k."expiresAt" > now()) end as "tokenExpiresAt",
      coalesce((
        select json_agg(json_build_object('id', a.id, 'name', a.name) order by lower(a.name), a.id)
        from "CloudAccount" c join "Account" a on a.id = c."accountId"
        where c."atomId" = t.id and not v."isForeignCloud"), '[]') as "servedAccounts",
      coalesce((
        select json_agg(json_build_object('id', n.id, 'name', n.name, 'agentVersion', n."agentVersion", 'address', n.address,
          'registeredAt', to_char((app_now() - (now() - n."registeredAt")) at time zone 'UTC', ${isoFormat}),
          'lastSeenAt', to_char((app_now() - (now() - n."lastSeenAt")) at time zone 'UTC', ${isoFormat}),
          'secondsSilent', extract(epoch from now() - n."lastSeenAt")::float8) order by lower(n.name), n.id)
        from "AtomNode" n where n."atomId" = t.id), '[]') as nodes
    from visible v
    join "Atom" t on t.id = v.id
    left join "Environment" e on e.id = v."environmentId"
    where (${atomId}::uuid is null or v.id = ${atomId}::uuid)
      and (${environmentId}::uuid is null or v.id in (
        select "atomId" from "EnvironmentAtom" where "environmentId" = ${environmentId}::uuid))
    order by lower(t.name), t.id`
  return z.array(row).parse(rows).map(toView)
}

const isoFormat = 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'

function toView({ nodes, servedAccounts, ...atom }: z.infer<typeof row>): AtomView {
  const status = atomStatus(nodes.map(({ secondsSilent }) => secondsSilent))
  const views = nodes.map(({ secondsSilent, ...one }) => ({ ...one, status: nodeStatus(secondsSilent) }))
  const onlineCount = views.filter((one) => one.status === 'ONLINE').length
  return {
    ...atom,
    ...(atom.type === 'CLOUD' && !atom.isForeignCloud && { servedAccounts }),
    status,
    sentence: sentences[status]({ onlineCount, nodeCount: nodes.length }),
    nodeCount: nodes.length,
    onlineCount,
    nodes: atom.isForeignCloud ? [] : views,
  }
}

type Counts = { onlineCount: number; nodeCount: number }

const sentences: Record<AtomStatus, (counts: Counts) => string> = {
  UNKNOWN: () =>
    'It has never been heard from. Install it with the command that its one-time token comes with.',
  ONLINE: ({ nodeCount }) => (nodeCount > 1 ? `All ${nodeCount} nodes are online.` : 'It is online.'),
  WARNING: ({ onlineCount, nodeCount }) =>
    `Only ${onlineCount} of ${nodeCount} nodes ${onlineCount === 1 ? 'is' : 'are'} online. What they should run is active once all have it.`,
  OFFLINE: () =>
    'It has not been heard from for 90 seconds or longer. What it should run waits for it and continues when it comes back.',
}

/** What a list shows of an Atom. */
export const toListItem = (atom: AtomView): AtomListItem => ({
  id: atom.id,
  name: atom.name,
  type: atom.type,
  status: atom.status,
  nodeCount: atom.nodeCount,
  onlineCount: atom.onlineCount,
  isForeignCloud: atom.isForeignCloud,
})
