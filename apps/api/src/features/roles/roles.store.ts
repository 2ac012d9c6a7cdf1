import type { Tx } from '@packline/database/client.ts'
import { Prisma } from '@packline/database/generated/client.ts'
import { isPrivilege } from '@packline/domain/access/privileges.ts'
import type { OwnRole, ParentRole } from '@packline/domain/access/plan-save-role.ts'
import { z } from 'zod'
import type { AccountScope } from '../../platform/actor.ts'
import { isUniqueViolation } from '../../platform/database-errors.ts'
import { lineage, lineageOf } from '../../read-models/available-roles.ts'

const roleRow = z.object({
  id: z.uuid(),
  name: z.string(),
  description: z.string(),
  parentRoleId: z.uuid().nullable(),
  privileges: z.array(z.string()).transform((names) => names.filter(isPrivilege)),
  version: z.number(),
})
export type LockedRole = z.infer<typeof roleRow>

/** A custom role of this account, for this transaction alone: nobody is given it meanwhile either. */
export async function lockRole(tx: Tx, scope: AccountScope, roleId: string): Promise<LockedRole | undefined> {
  const rows = await tx.$queryRaw`
    select id, name, description, "parentRoleId", privileges, version from "Role"
    where id = ${roleId}::uuid and "accountId" = ${scope} for update`
  return z.array(roleRow).parse(rows)[0]
}

const lineageRow = z.object({ lineage })

/** A default role, or a custom one of this account, with those it inherits from; undefined when there is none. */
export async function findLineage(tx: Tx, scope: AccountScope, roleId: string) {
  const rows = await tx.$queryRaw`
    select ${lineageOf(Prisma.sql`r.id`)} as lineage from "Role" r
    where r.id = ${roleId}::uuid and (r."accountId" is null or r."accountId" = ${scope})`
  return z.array(lineageRow).parse(rows)[0]?.lineage
}

/** What a role is to inherit from; undefined when the account has no such role, null when it inherits from none. */
export async function findParent(
  tx: Tx,
  scope: AccountScope,
  parentRoleId: string | null,
): Promise<ParentRole | null | undefined> {
  if (parentRoleId === null) return null
  const found = await findLineage(tx, scope, parentRoleId)
  return found && { lineage: found }
}

/**
 * The role and all that inherit from it, for this transaction alone: nobody is given one meanwhile. A ring, should one
 * ever be stored, ends by itself.
 */
export async function lockWithDescendants(tx: Tx, roleId: string): Promise<string[]> {
  const rows = await tx.$queryRaw`
    select id from "Role" where id in (
      with recursive heirs (id) as (
        select ${roleId}::uuid
        union
        select r.id from heirs h join "Role" r on r."parentRoleId" = h.id)
      select id from heirs)
    order by id for update`
  return z
    .array(z.object({ id: z.uuid() }))
    .parse(rows)
    .map(({ id }) => id)
}

export type SavedRole = OwnRole & { parentRoleId: string | null }

/** Inserts a role; undefined when the account has one of that name. The transaction cannot go on after undefined. */
export async function insertRole(
  tx: Tx,
  scope: AccountScope,
  role: SavedRole,
  { actorName, now }: { actorName: string; now: Temporal.Instant },
): Promise<string | undefined> {
  const at = now.toString()
  return saved(async () => {
    const { id } = await tx.role.create({
      data: {
        accountId: scope,
        ...role,
        privileges: [...role.privileges],
        createdAt: at,
        changedAt: at,
        changedByName: actorName,
      },
    })
    return id
  })
}

/** Saves a role; undefined when another one of the account has that name. The transaction cannot go on after undefined. */
export async function saveRole(
  tx: Tx,
  roleId: string,
  role: SavedRole,
  { actorName, now }: { actorName: string; now: Temporal.Instant },
): Promise<string | undefined> {
  const data = {
    ...role,
    privileges: [...role.privileges],
    changedAt: now.toString(),
    changedByName: actorName,
  }
  return saved(async () => {
    await tx.role.update({ where: { id: roleId }, data: { ...data, version: { increment: 1 } } })
    return roleId
  })
}

async function saved(write: () => Promise<string>): Promise<string | undefined> {
  try {
    return await write()
  } catch (error) {
    if (isUniqueViolation(error)) return undefined
    throw error
  }
}

export async function deleteRoleRow(tx: Tx, roleId: string) {
  await tx.role.delete({ where: { id: roleId } })
}
