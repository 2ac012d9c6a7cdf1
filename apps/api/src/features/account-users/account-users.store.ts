import type { Tx } from '@packline/database/client.ts'
import { Prisma } from '@packline/database/generated/client.ts'
import { privilegesOf } from '@packline/domain/access/privileges.ts'
import { roleLabel } from '@packline/domain/access/role-name.ts'
import { z } from 'zod'
import { lineage, lineageOf } from '../../read-models/available-roles.ts'

const memberRow = z.object({
  id: z.uuid(),
  email: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  roles: z.array(z.object({ id: z.uuid(), name: z.string(), isShared: z.boolean(), lineage })),
})

/**
 * A user of the account itself with their roles there; undefined for everybody else, also those who come through an
 * account group. Lock the account first, then nobody changes it meanwhile.
 */
export async function findMember(tx: Tx, accountId: string, userId: string) {
  const rows = await tx.$queryRaw`
    select u.id, u.email, u."firstName", u."lastName", json_agg(json_build_object('id', r.id, 'name', r.name,
      'isShared', coalesce(r."accountId" <> ${accountId}, false), 'lineage', ${lineageOf(Prisma.sql`r.id`)})
      order by lower(r.name), r.id) as roles
    from "Membership" m join "User" u on u.id = m."userId" join "Role" r on r.id = m."roleId"
    where m."accountId" = ${accountId} and u.id = ${userId}::uuid
    group by u.id`
  const [member] = z.array(memberRow).parse(rows)
  return (
    member && {
      ...member,
      roles: member.roles.map(({ id, name, isShared }) => ({ id, label: roleLabel(name, isShared) })),
      privileges: privilegesOf(member.roles.flatMap((role) => role.lineage)),
    }
  )
}

/** Gives these roles besides those already held. */
export async function insertMemberships(
  tx: Tx,
  { userId, accountId, roleIds }: { userId: string; accountId: string; roleIds: readonly string[] },
  now: Temporal.Instant,
) {
  await tx.$executeRaw`
    insert into "Membership" ("userId", "accountId", "roleId", "createdAt")
    select ${userId}::uuid, ${accountId}, role, ${now.toString()}::timestamptz from unnest(${[...roleIds]}::uuid[]) role
    on conflict do nothing`
}

/** Takes all roles away but these. */
export async function deleteMemberships(
  tx: Tx,
  { userId, accountId, except = [] }: { userId: string; accountId: string; except?: readonly string[] },
) {
  await tx.$executeRaw`
    delete from "Membership"
    where "userId" = ${userId}::uuid and "accountId" = ${accountId} and "roleId" <> all(${[...except]}::uuid[])`
}

const foundRow = z.array(z.object({ found: z.boolean() }))

/** Is there a user of the account itself with this address? */
export async function hasMemberWithEmail(tx: Tx, accountId: string, email: string): Promise<boolean> {
  const rows = await tx.$queryRaw`
    select true as found from "Membership" m join "User" u on u.id = m."userId"
    where m."accountId" = ${accountId} and lower(u.email) = lower(${email}) limit 1`
  return foundRow.parse(rows).length > 0
}

/** Is there no other account that lets this user in, directly or through an account group? */
export async function isInAccountOnly(tx: Tx, accountId: string, userId: string): Promise<boolean> {
  const rows = await tx.$queryRaw`
    select true as found where is_let_in_elsewhere(${userId}::uuid, ${accountId})`
  return foundRow.parse(rows).length === 0
}

/** Is the user one of another account as well? Managed accounts that they come to by a group of this one do not count. */
export async function isUserElsewhere(tx: Tx, accountId: string, userId: string): Promise<boolean> {
  const rows = await tx.$queryRaw`
    select true as found where is_user_elsewhere(${userId}::uuid, ${accountId})`
  return foundRow.parse(rows).length > 0
}

/** Releases of the account's packs that the user has scheduled and that have not gone out. */
export async function countScheduledBy(tx: Tx, accountId: string, userId: string): Promise<number> {
  return tx.release.count({
    where: { scheduledById: userId, status: 'SCHEDULED', pack: { accountId } },
  })
}

/** The account's groups by which the user works in the accounts it manages. */
export async function listGroupsOf(tx: Tx, accountId: string, userId: string) {
  const rows = await tx.$queryRaw`
    select distinct g.id, g.name from "AccountGroup" g join "AccountGroupUser" u on u."groupId" = g.id
    where g."primaryAccountId" = ${accountId} and u."userId" = ${userId}::uuid
    order by g.name, g.id`
  return z.array(z.object({ id: z.uuid(), name: z.string() })).parse(rows)
}

const unsharedRow = z.object({
  userId: z.uuid(),
  accountId: z.string(),
  roleId: z.uuid(),
  name: z.string(),
})

/** Who has, in accounts that this one manages, a role of it that no account group shares with them any more. */
export async function listUnsharedRoles(tx: Tx, primaryAccountId: string) {
  const rows = await tx.$queryRaw`
    select m."userId", m."accountId", m."roleId", r.name
    from "Role" r join "Membership" m on m."roleId" = r.id and m."accountId" <> r."accountId"
    where r."accountId" = ${primaryAccountId} and not exists (
      select from "AccountGroupRole" s join "AccountGroupAccount" t on t."groupId" = s."groupId"
      where s."roleId" = r.id and t."accountId" = m."accountId")
    order by m."accountId", m."userId", r.name`
  return z.array(unsharedRow).parse(rows)
}

/** Takes away every role of this account that is held in another one without being shared with it. */
export async function deleteUnsharedRoles(tx: Tx, primaryAccountId: string) {
  await tx.$executeRaw`
    delete from "Membership" m using "Role" r
    where r.id = m."roleId" and r."accountId" = ${primaryAccountId} and m."accountId" <> r."accountId" and not exists (
      select from "AccountGroupRole" s join "AccountGroupAccount" t on t."groupId" = s."groupId"
      where s."roleId" = r.id and t."accountId" = m."accountId")`
}
