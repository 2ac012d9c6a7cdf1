import type { Database, Tx } from '@packline/database/client.ts'
import { codeMinutes } from '@packline/domain/accounts/two-step-sign-in.ts'
import { z } from 'zod'

const validFor = `${codeMinutes} minutes`

/** Keeps a sign-in whose code is awaited, by the hash of the cookie its browser holds meanwhile. */
export async function insertTicket(tx: Tx, tokenHash: Uint8Array, userId: string) {
  await tx.$executeRaw`
    insert into "SignInTicket" ("tokenHash", "userId", "expiresAt")
    values (${tokenHash}, ${userId}::uuid, now() + ${validFor}::interval)`
}

/** Whose sign-in waits under this cookie; undefined when it has expired, gone on or been ended. */
export async function findTicketUser(db: Database | Tx, tokenHash: Uint8Array): Promise<string | undefined> {
  const rows = await db.$queryRaw`
    select "userId" from "SignInTicket" where "tokenHash" = ${tokenHash} and "expiresAt" > now()`
  return z.array(z.object({ userId: z.uuid() })).parse(rows)[0]?.userId
}

export async function deleteTicket(tx: Tx, tokenHash: Uint8Array) {
  await tx.$executeRaw`delete from "SignInTicket" where "tokenHash" = ${tokenHash}`
}

/** Ends every sign-in of the user that waits for its code. */
export async function deleteTicketsOf(tx: Tx, userId: string) {
  await tx.$executeRaw`delete from "SignInTicket" where "userId" = ${userId}::uuid`
}

/** Clears away sign-ins whose code never came. */
export function deleteExpiredTickets(db: Database): Promise<number> {
  return db.$executeRaw`delete from "SignInTicket" where "expiresAt" <= now()`
}
