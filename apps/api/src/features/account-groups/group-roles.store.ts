import type { Tx } from '@packline/database/client.ts'
import type { RoleToShare } from '@packline/domain/account-groups/plan-share-roles.ts'
import { z } from 'zod'
import type { AccountScope } from '../../platform/actor.ts'

const roleRow = z.object({ id: z.uuid(), name: z.string(), isOwn: z.boolean(), isInGroup: z.boolean() })

/** Of these roles those that the account knows, kept from being deleted until the transaction ends. */
export async function listRolesToShare(
  tx: Tx,
  scope: AccountScope,
  { groupId, roleIds }: { groupId: string; roleIds: readonly string[] },
): Promise<(RoleToShare & { name: string })[]> {
  const rows = await tx.$queryRaw`
    select r.id, r.name, r."accountId" is not null as "isOwn",
      exists (select from "AccountGroupRole" s where s."roleId" = r.id and s."groupId" = ${groupId}::uuid) as "isInGroup"
    from "Role" r
    where r.id = any(${[...roleIds]}::uuid[]) and (r."accountId" is null or r."accountId" = ${scope})
    order by r.id for key share of r`
  return z.array(roleRow).parse(rows)
}

export async function insertRoles(tx: Tx, groupId: string, roleIds: readonly string[]) {
  await tx.accountGroupRole.createMany({
    data: roleIds.map((roleId) => ({ groupId, roleId })),
    skipDuplicates: true,
  })
}

/** Takes a role out of a group and says its name; undefined when it is not shared through it. */
export async function deleteRole(tx: Tx, groupId: string, roleId: string): Promise<string | undefined> {
  const rows = await tx.$queryRaw`
    delete from "AccountGroupRole" s using "Role" r
    where s."groupId" = ${groupId}::uuid and s."roleId" = ${roleId}::uuid and r.id = s."roleId"
    returning r.name`
  return z.array(z.object({ name: z.string() })).parse(rows)[0]?.name
}
