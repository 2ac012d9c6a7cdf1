import {
  addableUser,
  type AddableUser,
  groupUser,
  type GroupUser,
  type UserGroups,
  userGroups,
} from '@packline/contract/account-groups.ts'
import type { PageOf } from '@packline/contract/field.ts'
import type { Database } from '@packline/database/client.ts'
import { Prisma } from '@packline/database/generated/client.ts'
import { z } from 'zod'
import type { AccountScope } from '../../platform/actor.ts'
import { type GroupQuery, loadPage, patternOf } from './group-pages.views.ts'

const byName = Prisma.sql`lower("lastName"), lower("firstName"), email`

/** The users of the group with their roles there, by name. */
export function listGroupUsers(
  db: Database,
  scope: AccountScope,
  { groupId, ...query }: GroupQuery,
): Promise<PageOf<GroupUser>> {
  const pattern = patternOf(query.search)
  const found = Prisma.sql`
    select u.id as "userId", u.email, u."firstName", u."lastName",
      json_agg(json_build_object('id', r.id, 'name', r.name) order by lower(r.name), r.id) as roles
    from "AccountGroup" g join "AccountGroupUser" gu on gu."groupId" = g.id
    join "User" u on u.id = gu."userId" join "Role" r on r.id = gu."roleId"
    where g.id = ${groupId}::uuid and g."primaryAccountId" = ${scope}
      and (u.email ilike ${pattern} or concat_ws(' ', u."firstName", u."lastName") ilike ${pattern})
    group by u.id`
  return loadPage(db, { row: groupUser, found, order: byName }, query)
}

/** The primary account's own users who are not in the group yet, by name. */
export function listAddableUsers(
  db: Database,
  scope: AccountScope,
  { groupId, ...query }: GroupQuery,
): Promise<PageOf<AddableUser>> {
  const pattern = patternOf(query.search)
  const found = Prisma.sql`
    select u.id as "userId", u.email, u."firstName", u."lastName", u."lastSignedInAt" is not null as "hasSignedIn"
    from "User" u
    where exists (select from "Membership" m where m."userId" = u.id and m."accountId" = ${scope})
      and not exists (
        select from "AccountGroupUser" gu where gu."userId" = u.id and gu."groupId" = ${groupId}::uuid)
      and (u.email ilike ${pattern} or concat_ws(' ', u."firstName", u."lastName") ilike ${pattern})`
  return loadPage(db, { row: addableUser, found, order: byName }, query)
}

/** All groups somebody is in, with their roles there; undefined when they are in none of this account's. */
export async function findUserGroups(
  db: Database,
  scope: AccountScope,
  userId: string,
): Promise<UserGroups | undefined> {
  const rows = await db.$queryRaw`
    with held as (
      select g.id, g.name, g."isDefault",
        json_agg(json_build_object('id', r.id, 'name', r.name) order by lower(r.name), r.id) as roles
      from "AccountGroup" g join "AccountGroupUser" gu on gu."groupId" = g.id join "Role" r on r.id = gu."roleId"
      where g."primaryAccountId" = ${scope} and gu."userId" = ${userId}::uuid
      group by g.id)
    select json_build_object('userId', u.id, 'email', u.email, 'firstName', u."firstName", 'lastName', u."lastName") as user,
      (select json_agg(json_build_object('id', id, 'name', name, 'roles', roles)
        order by "isDefault" desc, lower(name), id) from held) as groups
    from "User" u where u.id = ${userId}::uuid and exists (select from held)`
  return z.array(userGroups).parse(rows)[0]
}
