import type { Tx } from '@packline/database/client.ts'
import { z } from 'zod'
import type { AccountScope } from '../../platform/actor.ts'

const idRows = z.array(z.object({ id: z.string() }))

/** Of these accounts those that the owner of the groups manages. */
export async function listManagedOf(
  tx: Tx,
  scope: AccountScope,
  accountIds: readonly string[],
): Promise<string[]> {
  const rows = await tx.$queryRaw`
    select id from "Account" where id = any(${[...accountIds]}::text[]) and "primaryAccountId" = ${scope}`
  return idRows.parse(rows).map(({ id }) => id)
}

/** The accounts of a group, all or of these ones. The caller holds the group. */
export async function listInGroup(
  tx: Tx,
  groupId: string,
  accountIds: readonly string[] | null = null,
): Promise<string[]> {
  const rows = await tx.$queryRaw`
    select "accountId" as id from "AccountGroupAccount"
    where "groupId" = ${groupId}::uuid
      and (${accountIds === null} or "accountId" = any(${[...(accountIds ?? [])]}::text[]))
    order by id`
  return idRows.parse(rows).map(({ id }) => id)
}

export async function insertAccounts(tx: Tx, groupId: string, accountIds: readonly string[]) {
  await tx.$executeRaw`
    insert into "AccountGroupAccount" ("groupId", "accountId")
    select ${groupId}::uuid, id from unnest(${[...accountIds]}::text[]) id order by id
    on conflict do nothing`
}

export async function deleteAccounts(tx: Tx, groupId: string, accountIds: readonly string[]) {
  await tx.$executeRaw`
    delete from "AccountGroupAccount"
    where "groupId" = ${groupId}::uuid and "accountId" = any(${[...accountIds]}::text[])`
}
