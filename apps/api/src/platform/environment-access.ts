import type { Database, Tx } from '@packline/database/client.ts'
import { roleLabel } from '@packline/domain/access/role-name.ts'
import { whyClosed } from '@packline/domain/environments/why-closed.ts'
import { z } from 'zod'
import type { Actor } from './actor.ts'
import { RequestRefused } from './problems.ts'

const keptRow = z.object({
  environmentId: z.uuid(),
  name: z.string(),
  roles: z.array(z.object({ id: z.uuid(), name: z.string(), isShared: z.boolean() })),
})

/** The account's environments among these, or all, that are kept to roles; those that are open are missing. */
export async function loadKeptEnvironments(
  db: Database | Tx,
  { accountId, holder }: Pick<Actor, 'accountId' | 'holder'>,
  environmentIds: readonly string[] | null = null,
) {
  const rows = await db.$queryRaw`
    select e.id as "environmentId", e.name, json_agg(json_build_object('id', r.id, 'name', r.name,
      'isShared', coalesce(r."accountId" <> ${accountId}, false)) order by lower(r.name), r.id) as roles
    from "Environment" e
    join "EnvironmentRole" x on x."environmentId" = e.id
    join "Role" r on r.id = x."roleId"
    where e."accountId" = ${accountId}
      and (${environmentIds === null} or e.id = any(${[...(environmentIds ?? [])]}::uuid[]))
    group by e.id order by e.id`
  return new Map(
    z
      .array(keptRow)
      .parse(rows)
      .map(({ environmentId, name, roles: named }) => {
        const roles = named.map((one) => ({ id: one.id, label: roleLabel(one.name, one.isShared) }))
        return [environmentId, { roles, whyClosed: whyClosed({ name, roles }, holder) }]
      }),
  )
}

/**
 * Ends a request to change something in environments that are kept to roles which the actor does not hold (403). Every
 * use case that names an environment of the account asks this, after the privilege has been checked.
 */
export async function admitToEnvironments(tx: Tx, actor: Actor, environmentIds: readonly (string | null)[]) {
  const asked = environmentIds.filter((id) => id !== null)
  if (asked.length === 0 || actor.holder.isAdministrator) return
  for (const { whyClosed: message } of (await loadKeptEnvironments(tx, actor, asked)).values()) {
    if (message !== null) throw new RequestRefused({ status: 403, code: 'environment-closed', message })
  }
}
