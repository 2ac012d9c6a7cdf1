import type { Database, Tx } from '@packline/database/client.ts'
import { Prisma } from '@packline/database/generated/client.ts'
import { sessionDays, sessionIdleHours } from '@packline/domain/accounts/session-limits.ts'
import { z } from 'zod'
import { deleteTicketsOf } from './sign-in-tickets.store.ts'

const idleLimit = `${sessionIdleHours} hours`
const longest = `${sessionDays} days`

const idRow = z.object({ id: z.uuid() })

export type NewSession = {
  tokenHash: Buffer
  userId: string
  accountId: string | null
  userAgent: string
  address: string
  /** By single sign-on. */
  isVouched: boolean
}

export async function insertSession(tx: Tx, session: NewSession): Promise<string> {
  const { tokenHash, userId, accountId, userAgent, address, isVouched } = session
  const rows = await tx.$queryRaw`
    insert into "Session" (id, "tokenHash", "userId", "accountId", "userAgent", address, "isVouched", "expiresAt")
    values (new_id(), ${tokenHash}, ${userId}::uuid, ${accountId}, ${userAgent}, ${address},
      ${isVouched}, now() + ${longest}::interval)
    returning id`
  return idRow.parse(z.array(z.unknown()).parse(rows)[0]).id
}

/** The session goes on under a new token; the old one opens nothing any more. */
export async function replaceToken(tx: Tx, sessionId: string, tokenHash: Buffer) {
  await tx.$executeRaw`update "Session" set "tokenHash" = ${tokenHash} where id = ${sessionId}::uuid`
}

/** The status of an account the user may work in; undefined for every other one and for deleted ones. */
export async function findAccessibleStatus(
  tx: Tx,
  userId: string,
  accountId: string,
): Promise<string | undefined> {
  const rows = await tx.$queryRaw`
    select a.status from "Account" a
    where a.id = ${accountId} and a.status <> 'deleted' and exists (
      select from "AccountAccess" w where w."userId" = ${userId}::uuid and w."accountId" = a.id)
    for share`
  return z.array(z.object({ status: z.string() })).parse(rows)[0]?.status
}

/** Chooses the account of a session. */
export async function saveSessionAccount(tx: Tx, sessionId: string, accountId: string) {
  await tx.$executeRaw`update "Session" set "accountId" = ${accountId} where id = ${sessionId}::uuid`
}

/** The user works in this account now: the next sign-in goes on there. */
export async function saveVisit(tx: Tx, userId: string, accountId: string) {
  await tx.$executeRaw`
    insert into "AccountVisit" ("userId", "accountId") values (${userId}::uuid, ${accountId})
    on conflict ("userId", "accountId") do update set "visitedAt" = now()`
}

/**
 * Where a sign-in begins: in the only account there is, else in the one worked in last, as long as both that and the
 * account are there; undefined when the user has to choose.
 */
export async function findFirstAccount(tx: Tx, userId: string): Promise<string | undefined> {
  const rows = await tx.$queryRaw`
    select a.id, a.status = 'suspended' as "isHeld", v."visitedAt" is not null as "wasVisited"
    from "Account" a left join "AccountVisit" v on v."accountId" = a.id and v."userId" = ${userId}::uuid
    where a.status <> 'deleted' and a.id in (select w."accountId" from "AccountAccess" w where w."userId" = ${userId}::uuid)
    order by v."visitedAt" desc nulls last, a.id limit 2`
  const [first, second] = z
    .array(z.object({ id: z.string(), isHeld: z.boolean(), wasVisited: z.boolean() }))
    .parse(rows)
  if (first && !second) return first.id
  return first?.wasVisited && !first.isHeld ? first.id : undefined
}

export async function deleteSessionByToken(db: Database | Tx, tokenHash: Uint8Array) {
  await db.$executeRaw`delete from "Session" where "tokenHash" = ${tokenHash}`
}

const endedSession = z.object({
  userId: z.uuid(),
  /** Who it was, as logs name them. */
  name: z.string(),
  accountId: z.string().nullable(),
  userAgent: z.string(),
  address: z.string(),
})

const endedColumns = Prisma.sql`s."userId", s."accountId", s."userAgent", s.address,
  coalesce(nullif(concat_ws(' ', nullif(u."firstName", ''), nullif(u."lastName", '')), ''), u.email) as name`

/** Ends the session of this token and says whose it was; undefined when it has ended already. */
export async function endSessionByToken(tx: Tx, tokenHash: Uint8Array) {
  const rows = await tx.$queryRaw`
    delete from "Session" s using "User" u where s."tokenHash" = ${tokenHash} and u.id = s."userId"
    returning ${endedColumns}`
  return z.array(endedSession).parse(rows)[0]
}

/** Ends one of the user's sessions; undefined when there is no such session of theirs. */
export async function endSession(tx: Tx, userId: string, sessionId: string) {
  const rows = await tx.$queryRaw`
    delete from "Session" s using "User" u
    where s.id = ${sessionId}::uuid and s."userId" = ${userId}::uuid and u.id = s."userId"
    returning ${endedColumns}`
  return z.array(endedSession).parse(rows)[0]
}

/** Ends the user's sessions but this one, and sign-ins that wait for their code. */
export async function deleteOtherSessions(tx: Tx, userId: string, keptId: string): Promise<number> {
  await deleteTicketsOf(tx, userId)
  return tx.$executeRaw`delete from "Session" where "userId" = ${userId}::uuid and id <> ${keptId}::uuid`
}

/** Ends the user's sessions that work in this account, and says how many there were. */
export async function deleteSessionsIn(tx: Tx, userId: string, accountId: string): Promise<number> {
  return tx.$executeRaw`
    delete from "Session" where "userId" = ${userId}::uuid and "accountId" = ${accountId}`
}

/** Ends all of the user's sessions, with sign-ins that wait for their code, and says how many sessions there were. */
export async function deleteSessionsOf(tx: Tx, userId: string): Promise<number> {
  await deleteTicketsOf(tx, userId)
  return tx.$executeRaw`delete from "Session" where "userId" = ${userId}::uuid`
}

/** Clears away sessions that have ended by themselves, and says how many. They open nothing, so any time will do. */
export async function deleteExpiredSessions(db: Database): Promise<number> {
  return db.$executeRaw`
    delete from "Session" where "expiresAt" <= now() or "lastSeenAt" <= now() - ${idleLimit}::interval`
}

/** Is there any account that the user may work in? */
export async function worksAnywhere(tx: Tx, userId: string): Promise<boolean> {
  const rows = await tx.$queryRaw`
    select 1 from "AccountAccess" w join "Account" a on a.id = w."accountId"
    where w."userId" = ${userId}::uuid and a.status <> 'deleted' limit 1`
  return z.array(z.unknown()).parse(rows).length > 0
}
