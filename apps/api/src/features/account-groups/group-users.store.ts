import type { Tx } from '@packline/database/client.ts'
import type { UserToAdd } from '@packline/domain/account-groups/plan-group-user.ts'
import { z } from 'zod'
import type { AccountScope } from '../../platform/actor.ts'

const userRow = z.object({
  id: z.uuid(),
  /** As the user has it, whatever the letter case that was asked for. */
  email: z.string(),
  hasSignedIn: z.boolean(),
  isInGroup: z.boolean(),
})
export type FoundUser = UserToAdd & { id: string; email: string }

/**
 * Whoever has this address, in any letter case, as it stands to the group and its owner. A user of the account stays one
 * until the transaction ends: whoever removes them waits, and finds them in the group.
 */
export async function findUserToAdd(
  tx: Tx,
  scope: AccountScope,
  { groupId, email }: { groupId: string; email: string },
): Promise<FoundUser | undefined> {
  const memberships = await tx.$queryRaw<unknown[]>`
    select m."userId" from "Membership" m join "User" u on u.id = m."userId"
    where m."accountId" = ${scope} and lower(u.email) = lower(${email})
    for key share of m`
  const rows = await tx.$queryRaw`
    select u.id, u.email, u."lastSignedInAt" is not null as "hasSignedIn",
      exists (select from "AccountGroupUser" g where g."userId" = u.id and g."groupId" = ${groupId}::uuid) as "isInGroup"
    from "User" u where lower(u.email) = lower(${email})`
  const [user] = z.array(userRow).parse(rows)
  return user && { ...user, isUserOfAccount: memberships.length > 0 }
}

const roleRows = z.array(z.object({ id: z.uuid(), name: z.string() }))

/** What somebody is in a group; empty when they are not in it. The caller holds the group. */
export async function listGroupUserRoles(tx: Tx, groupId: string, userId: string) {
  const rows = await tx.$queryRaw`
    select r.id, r.name from "AccountGroupUser" u join "Role" r on r.id = u."roleId"
    where u."groupId" = ${groupId}::uuid and u."userId" = ${userId}::uuid
    order by lower(r.name), r.id`
  return roleRows.parse(rows)
}

/** Somebody has just these roles in the group from now on: none, and they are not in it. */
export async function saveGroupUser(
  tx: Tx,
  { groupId, userId, roleIds }: { groupId: string; userId: string; roleIds: readonly string[] },
  now: Temporal.Instant,
) {
  const ids = [...roleIds]
  await tx.$executeRaw`
    delete from "AccountGroupUser"
    where "groupId" = ${groupId}::uuid and "userId" = ${userId}::uuid and "roleId" <> all(${ids}::uuid[])`
  await tx.$executeRaw`
    insert into "AccountGroupUser" ("groupId", "userId", "roleId", "createdAt")
    select ${groupId}::uuid, ${userId}::uuid, id, ${now.toString()}::timestamptz from unnest(${ids}::uuid[]) id
    on conflict do nothing`
}

/** The users of a group; it is held. */
export async function listUserIds(tx: Tx, groupId: string): Promise<string[]> {
  const rows = await tx.accountGroupUser.findMany({
    where: { groupId },
    distinct: ['userId'],
    select: { userId: true },
  })
  return rows.map(({ userId }) => userId)
}
