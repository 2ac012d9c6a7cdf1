import type { Tx } from '@packline/database/client.ts'
import type { Privilege } from '@packline/domain/access/privileges.ts'
import { z } from 'zod'

/** How many tokens of a user work still. The user is locked, so that two that come at once cannot both be the last. */
export async function countWorkingTokens(tx: Tx, userId: string): Promise<number> {
  await tx.$queryRaw`select from "User" where id = ${userId}::uuid for update`
  const rows = await tx.$queryRaw`
    select count(*)::int as count from "ApiToken"
    where "userId" = ${userId}::uuid and "revokedAt" is null and ("expiresAt" is null or "expiresAt" > now())`
  return z.tuple([z.object({ count: z.number() })]).parse(rows)[0].count
}

export type NewToken = {
  userId: string
  accountId: string
  name: string
  tokenHash: Uint8Array
  scopes: readonly Privilege[] | null
  lifetimeDays: number | null
  /** In a session that was begun by single sign-on. */
  isVouched: boolean
}

const insertedToken = z.tuple([z.object({ id: z.uuid(), expiresAt: z.date().nullable() })])

/** Keeps a new token by its hash. */
export async function insertApiToken(tx: Tx, token: NewToken) {
  const { userId, accountId, name, tokenHash, scopes, lifetimeDays, isVouched } = token
  const rows = await tx.$queryRaw`
    insert into "ApiToken" ("userId", "accountId", name, "tokenHash", scopes, "isVouched", "expiresAt")
    values (${userId}::uuid, ${accountId}, ${name}, ${tokenHash}, ${scopes}::text[],
      ${isVouched}, now() + ${lifetimeDays}::int * interval '1 day')
    returning id, "expiresAt"`
  const [inserted] = insertedToken.parse(rows)
  return inserted
}

const revokedToken = z.object({
  name: z.string(),
  accountId: z.string(),
  scopes: z.array(z.string()).nullable(),
  expiresAt: z.date().nullable(),
  lastUsedAt: z.date().nullable(),
})

/** Revokes a token of this user, whichever account it is for; undefined when there is none or it was revoked before. */
export async function revokeApiToken(tx: Tx, { userId, tokenId }: { userId: string; tokenId: string }) {
  const rows = await tx.$queryRaw`
    update "ApiToken" set "revokedAt" = now()
    where id = ${tokenId}::uuid and "userId" = ${userId}::uuid and "revokedAt" is null
    returning name, "accountId", scopes, "expiresAt", "lastUsedAt"`
  return z.array(revokedToken).parse(rows)[0]
}

/** Revokes all of the user's tokens for this account, and says how many there were. */
export async function revokeTokensIn(
  tx: Tx,
  { userId, accountId }: { userId: string; accountId: string },
): Promise<number> {
  return tx.$executeRaw`
    update "ApiToken" set "revokedAt" = now()
    where "userId" = ${userId}::uuid and "accountId" = ${accountId} and "revokedAt" is null`
}

/** Revokes all of the user's tokens, and says how many there were. */
export async function revokeTokensOf(tx: Tx, userId: string): Promise<number> {
  return tx.$executeRaw`
    update "ApiToken" set "revokedAt" = now() where "userId" = ${userId}::uuid and "revokedAt" is null`
}

const lostToken = z.object({ id: z.uuid(), name: z.string(), userId: z.uuid(), accountId: z.string() })

/**
 * Revokes the tokens of these users for accounts in which they may not work any more. Such a token has stopped working
 * already; it is not to start again should its user come back.
 */
export async function revokeTokensWithoutAccess(tx: Tx, userIds: readonly string[]) {
  const rows = await tx.$queryRaw`
    update "ApiToken" t set "revokedAt" = now()
    where t."userId" = any(${[...userIds]}::uuid[]) and t."revokedAt" is null and not exists (
      select from "AccountAccess" w where w."userId" = t."userId" and w."accountId" = t."accountId")
    returning t.id, t.name, t."userId", t."accountId"`
  return z.array(lostToken).parse(rows)
}
