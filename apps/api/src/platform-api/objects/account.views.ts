import type { Database, Tx } from '@packline/database/client.ts'
import { Prisma } from '@packline/database/generated/client.ts'
import { z } from 'zod'
import type { AccountScope } from '../../platform/actor.ts'
import type { Source } from '../query/source.views.ts'
import { encodedId } from './conceptual-id.ts'

/** The account itself and every account under it. */
export const accounts: Source = {
  idColumn: 'accountId',
  properties: {
    accountId: 'text',
    name: 'text',
    status: 'text',
    dateCreated: 'date-time',
    expirationDate: 'date-time',
    widgetAccount: 'boolean',
    overDeployed: 'boolean',
  },
  select: ({ accountId }) => Prisma.sql`
    select a.id as key, a.id as "accountId", a.name, a.status::text as status, a."createdAt" as "dateCreated",
      null::timestamptz as "expirationDate", a."supportAccessRoleId" is not null as "supportAccess",
      'standard' as "supportLevel", false as "suggestionsEnabled", false as "widgetAccount", false as "overDeployed"
    from "Account" a where a.id in (
      with recursive family (id) as (
        select ${accountId}::text
        union
        select m.id from family f join "Account" m on m."primaryAccountId" = f.id)
      select id from family) and a.status <> 'deleted'`,
}

export const accountGroups: Source = {
  idColumn: 'id',
  properties: {
    id: 'text',
    accountId: 'text',
    name: 'text',
    defaultGroup: 'boolean',
    autoSubscribeAlertLevel: 'text',
  },
  select: ({ accountId }) => Prisma.sql`
    select g.id::text as key, g.id::text as id, g."primaryAccountId" as "accountId", g.name,
      g."isDefault" as "defaultGroup", lower(g."autoSubscribeAlertLevel"::text) as "autoSubscribeAlertLevel", g.version as "etagVersion",
      (select coalesce(json_agg(json_build_object('resourceId', s.id, 'resourceName', s.name, 'objectType', s.kind)
          order by s.kind, s.name, s.id), '[]') from (
        select k.id, k.name, 'Integration Pack' as kind from "AccountGroupPack" p
        join "IntegrationPack" k on k.id = p."packId" where p."groupId" = g.id
        union all
        select r.id, r.name, 'Role' from "AccountGroupRole" p join "Role" r on r.id = p."roleId"
        where p."groupId" = g.id) s) as resources
    from "AccountGroup" g where g."primaryAccountId" = ${accountId}`,
}

export const groupAccounts: Source = {
  idColumn: 'id',
  properties: { accountGroupId: 'text', accountId: 'text' },
  select: ({ accountId }) => Prisma.sql`
    select m."groupId" || ' ' || m."accountId" as key, ${encodedId(Prisma.sql`m."groupId" || '|' || m."accountId"`)} as id,
      m."groupId"::text as "accountGroupId", m."accountId"
    from "AccountGroupAccount" m join "AccountGroup" g on g.id = m."groupId"
    where g."primaryAccountId" = ${accountId}`,
}

export const groupPacks: Source = {
  idColumn: 'id',
  properties: { accountGroupId: 'text', integrationPackId: 'text', integrationPackName: 'text' },
  select: ({ accountId }) => Prisma.sql`
    select p."groupId" || ' ' || p."packId" as key, ${encodedId(Prisma.sql`p."packId" || '|' || p."groupId"`)} as id,
      p."groupId"::text as "accountGroupId", p."packId"::text as "integrationPackId", k.name as "integrationPackName",
      k.type::text as "installationType"
    from "AccountGroupPack" p
    join "AccountGroup" g on g.id = p."groupId"
    join "IntegrationPack" k on k.id = p."packId"
    where g."primaryAccountId" = ${accountId}`,
}

export const groupUserRoles: Source = {
  idColumn: 'id',
  properties: { accountGroupId: 'text', userId: 'text', roleId: 'text' },
  select: ({ accountId }) => Prisma.sql`
    select m."groupId" || ' ' || m."userId" || ' ' || m."roleId" as key,
      ${encodedId(Prisma.sql`m."groupId" || '|' || m."userId" || '|' || m."roleId"`)} as id,
      m."groupId"::text as "accountGroupId", u.email as "userId", m."roleId"::text as "roleId", u."firstName", u."lastName"
    from "AccountGroupUser" m
    join "AccountGroup" g on g.id = m."groupId"
    join "User" u on u.id = m."userId"
    where g."primaryAccountId" = ${accountId}`,
}

export const accountUserRoles: Source = {
  idColumn: 'id',
  properties: { accountId: 'text', userId: 'text', roleId: 'text' },
  select: ({ accountId }) => Prisma.sql`
    select m."userId" || ' ' || m."roleId" as key,
      ${encodedId(Prisma.sql`m."accountId" || '|' || m."userId" || '|' || m."roleId"`)} as id,
      m."accountId", u.email as "userId", m."roleId"::text as "roleId", u."firstName", u."lastName"
    from "Membership" m join "User" u on u.id = m."userId"
    where m."accountId" = ${accountId}`,
}

/** The user of the account itself with this address. */
export async function findMemberByEmail(
  db: Database | Tx,
  accountId: AccountScope,
  email: string,
): Promise<string | undefined> {
  const rows = await db.$queryRaw`
    select u.id from "User" u where lower(u.email) = lower(${email.trim()}) and exists (
      select from "Membership" m where m."userId" = u.id and m."accountId" = ${accountId})`
  return z.array(z.object({ id: z.uuid() })).parse(rows)[0]?.id
}

/** The roles that a user holds in the account itself. */
export async function listRoleIds(
  db: Database | Tx,
  accountId: AccountScope,
  userId: string,
): Promise<readonly string[]> {
  const rows = await db.$queryRaw`
    select "roleId" from "Membership" where "accountId" = ${accountId} and "userId" = ${userId}::uuid`
  return z
    .array(z.object({ roleId: z.uuid() }))
    .parse(rows)
    .map(({ roleId }) => roleId)
}

/** The user with this address, when they are in the account's group. */
export async function findGroupUser(
  db: Database | Tx,
  scope: AccountScope,
  groupId: string,
  email: string,
): Promise<string | undefined> {
  const rows = await db.$queryRaw`
    select u.id from "AccountGroup" g
    join "AccountGroupUser" m on m."groupId" = g.id
    join "User" u on u.id = m."userId"
    where g.id = ${groupId}::uuid and g."primaryAccountId" = ${scope} and lower(u.email) = lower(${email})`
  return z.array(z.object({ id: z.uuid() })).parse(rows)[0]?.id
}

/** The roles that a user has in the account's group. */
export async function listGroupRoleIds(
  db: Database | Tx,
  scope: AccountScope,
  groupId: string,
  userId: string,
): Promise<readonly string[]> {
  const rows = await db.$queryRaw`
    select m."roleId" from "AccountGroup" g join "AccountGroupUser" m on m."groupId" = g.id
    where g.id = ${groupId}::uuid and g."primaryAccountId" = ${scope} and m."userId" = ${userId}::uuid`
  return z
    .array(z.object({ roleId: z.uuid() }))
    .parse(rows)
    .map(({ roleId }) => roleId)
}
