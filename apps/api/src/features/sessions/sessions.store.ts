import type { Database, Tx } from '@packline/database/client.ts'
import { sessionDays, sessionIdleHours } from '@packline/domain/accounts/session-limits.ts'
import { z } from 'zod'

const idleLimit = `${sessionIdleHours} hours`
const longest = `${sessionDays} days`

const idRow = z.object({ id: z.uuid() })

export type NewSession = {
  tokenHash: Buffer
  userId: string
  accountId: string | null
  userAgent: string
  address: string
}

export async function insertSession(tx: Tx, session: NewSession): Promise<string> {
  const { tokenHash, userId, accountId, userAgent, address } = session
  const rows = await tx.$queryRaw`
    insert into "Session" (id, "tokenHash", "userId", "accountId", "userAgent", address, "expiresAt")
    values (gen_random_uuid(), ${tokenHash}, ${userId}::uuid, ${accountId}, ${userAgent}, ${address},
      now() + ${longest}::interval)
    returning id`
  return idRow.parse(z.array(z.unknown()).parse(rows)[0]).id
}

/** The session goes on under a new token; the old one opens nothing any more. */
export async function replaceToken(tx: Tx, sessionId: string, tokenHash: Buffer) {
  await tx.$executeRaw`update "Session" set "tokenHash" = ${tokenHash} where id = ${sessionId}::uuid`
}

/** Chooses the account of a session; false when the user may not work there. */
export async function saveAccount(tx: Tx, sessionId: string, accountId: string): Promise<boolean> {
  const changed = await tx.$executeRaw`
    update "Session" s set "accountId" = ${accountId}
    where s.id = ${sessionId}::uuid and exists (
      select from "AccountAccess" w join "Account" a on a.id = w."accountId"
      where w."userId" = s."userId" and a.id = ${accountId} and a.status <> 'deleted')`
  return changed === 1
}

export async function deleteSessionByToken(db: Database | Tx, tokenHash: Buffer) {
  await db.$executeRaw`delete from "Session" where "tokenHash" = ${tokenHash}`
}

/** Ends one of the user's sessions; false when there is no such session of theirs. */
export async function deleteSession(db: Database, userId: string, sessionId: string): Promise<boolean> {
  const deleted = await db.$executeRaw`
    delete from "Session" where id = ${sessionId}::uuid and "userId" = ${userId}::uuid`
  return deleted === 1
}

export async function deleteOtherSessions(tx: Tx, userId: string, keptId: string): Promise<number> {
  return tx.$executeRaw`delete from "Session" where "userId" = ${userId}::uuid and id <> ${keptId}::uuid`
}

/** Clears away sessions that have ended by themselves, and says how many. They open nothing, so any time will do. */
export async function deleteExpiredSessions(db: Database): Promise<number> {
  return db.$executeRaw`
    delete from "Session" where "expiresAt" <= now() or "lastSeenAt" <= now() - ${idleLimit}::interval`
}

/** The accounts the user may work in. */
export async function listAccountIds(tx: Tx, userId: string): Promise<string[]> {
  const rows = await tx.$queryRaw`
    select distinct a.id from "AccountAccess" w join "Account" a on a.id = w."accountId"
    where w."userId" = ${userId}::uuid and a.status <> 'deleted'`
  return z
    .array(z.object({ id: z.string() }))
    .parse(rows)
    .map(({ id }) => id)
}
