import type { Tx } from '@packline/database/client.ts'
import { Prisma } from '@packline/database/generated/client.ts'
import { z } from 'zod'
import { administers } from '../../read-models/available-roles.ts'

const accountRows = z.array(z.object({ id: z.string() }))

/**
 * Who has which role in these accounts changes for one at a time, so that whoever counts their administrators counts
 * right. Always in the order of their ids.
 */
export async function lockAccounts(tx: Tx, accountIds: readonly string[]) {
  await tx.$queryRaw`
    select id from "Account" where id = any(${[...accountIds]}) order by id for no key update`
}

const countRow = z.tuple([z.object({ others: z.number() })])

/** How many other users of the account itself hold User Management. */
export async function countOtherAdministrators(tx: Tx, accountId: string, userId: string): Promise<number> {
  const rows = await tx.$queryRaw`
    select count(distinct m."userId")::int as others from "Membership" m
    where m."accountId" = ${accountId} and m."userId" <> ${userId}::uuid and m."roleId" in (
      select r.id from (select distinct "roleId" as id from "Membership" where "accountId" = ${accountId}) r
      where ${administers(Prisma.sql`r.id`)})`
  const [{ others }] = countRow.parse(rows)
  return others
}

/** The accounts in which somebody holds one of these roles as a user of the account itself. */
export async function listHoldingAccounts(tx: Tx, roleIds: readonly string[]): Promise<string[]> {
  const rows = await tx.$queryRaw`
    select distinct "accountId" as id from "Membership" where "roleId" = any(${[...roleIds]}::uuid[]) order by id`
  return accountRows.parse(rows).map(({ id }) => id)
}

/** Of these accounts those that have users, but nobody among them who holds User Management. */
export async function listWithoutAdministrator(tx: Tx, accountIds: readonly string[]): Promise<string[]> {
  const ids = [...accountIds]
  const rows = await tx.$queryRaw`
    with administering as materialized (
      select r.id from (select distinct "roleId" as id from "Membership" where "accountId" = any(${ids})) r
      where ${administers(Prisma.sql`r.id`)})
    select distinct m."accountId" as id from "Membership" m
    where m."accountId" = any(${ids}) and not exists (
      select from "Membership" other join administering a on a.id = other."roleId"
      where other."accountId" = m."accountId")
    order by id`
  return accountRows.parse(rows).map(({ id }) => id)
}
