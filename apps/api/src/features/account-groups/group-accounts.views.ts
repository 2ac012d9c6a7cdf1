import {
  type AssignedUsers,
  assignedUsers,
  groupAccount,
  type GroupAccount,
  type MembershipView,
  membershipView,
} from '@packline/contract/account-groups.ts'
import type { PageOf } from '@packline/contract/field.ts'
import type { Database } from '@packline/database/client.ts'
import { Prisma } from '@packline/database/generated/client.ts'
import { z } from 'zod'
import type { AccountScope } from '../../platform/actor.ts'
import { type GroupQuery, loadPage, type PageQuery, patternOf } from './group-pages.views.ts'

const inGroup = (groupId: string) => Prisma.sql`exists (
  select from "AccountGroupAccount" ga where ga."groupId" = ${groupId}::uuid and ga."accountId" = a.id)`

/** Managed accounts, in the group or not, by name: a page of them, found by name or id. */
function listAccounts(db: Database, scope: AccountScope, condition: Prisma.Sql, query: PageQuery) {
  const pattern = patternOf(query.search)
  const found = Prisma.sql`
    select a.id, a.name, a.status from "Account" a
    where a."primaryAccountId" = ${scope} and ${condition} and (a.name ilike ${pattern} or a.id ilike ${pattern})`
  return loadPage(db, { row: groupAccount, found, order: Prisma.sql`lower(name), id` }, query)
}

/** The accounts in the group. */
export async function listGroupAccounts(
  db: Database,
  scope: AccountScope,
  { groupId, ...query }: GroupQuery,
): Promise<PageOf<GroupAccount>> {
  return listAccounts(db, scope, inGroup(groupId), query)
}

/** The accounts that can be added: all managed ones that are not in the group yet. */
export async function listAddableAccounts(
  db: Database,
  scope: AccountScope,
  { groupId, ...query }: GroupQuery,
): Promise<PageOf<GroupAccount>> {
  return listAccounts(db, scope, Prisma.sql`not ${inGroup(groupId)} and a.status <> 'deleted'`, query)
}

const accountAsJson = Prisma.sql`json_build_object('id', a.id, 'name', a.name, 'status', a.status) as account`

/** Which groups a managed account is in; undefined when it is not the caller's. */
export async function findMembership(
  db: Database,
  scope: AccountScope,
  accountId: string,
): Promise<MembershipView | undefined> {
  const rows = await db.$queryRaw`
    select ${accountAsJson}, (
      select json_agg(json_build_object('id', g.id, 'name', g.name, 'isDefault', g."isDefault")
        order by g."isDefault" desc, lower(g.name), g.id)
      from "AccountGroupAccount" ga join "AccountGroup" g on g.id = ga."groupId" where ga."accountId" = a.id) as groups
    from "Account" a where a.id = ${accountId} and a."primaryAccountId" = ${scope}`
  return z.array(membershipView).parse(rows)[0]
}

/** Who of the primary account works in a managed one, through which groups; its own users are its own business. */
export async function findAssignedUsers(
  db: Database,
  scope: AccountScope,
  accountId: string,
): Promise<AssignedUsers | undefined> {
  const rows = await db.$queryRaw`
    with held as (
      select u."userId", g.id, g.name, g."isDefault",
        json_agg(json_build_object('id', r.id, 'name', r.name) order by lower(r.name), r.id) as roles
      from "AccountGroupAccount" ga join "AccountGroup" g on g.id = ga."groupId"
      join "AccountGroupUser" u on u."groupId" = g.id join "Role" r on r.id = u."roleId"
      where ga."accountId" = ${accountId}
      group by u."userId", g.id)
    select ${accountAsJson}, coalesce((
      select json_agg(json_build_object('userId', u.id, 'email', u.email, 'firstName', u."firstName",
        'lastName', u."lastName", 'groups', (
          select json_agg(json_build_object('id', h.id, 'name', h.name, 'roles', h.roles)
            order by h."isDefault" desc, lower(h.name), h.id)
          from held h where h."userId" = u.id))
        order by lower(u."lastName"), lower(u."firstName"), u.email)
      from "User" u where u.id in (select "userId" from held)), '[]') as users
    from "Account" a where a.id = ${accountId} and a."primaryAccountId" = ${scope}`
  return z.array(assignedUsers).parse(rows)[0]
}
