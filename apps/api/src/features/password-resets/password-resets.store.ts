import type { Database, Tx } from '@packline/database/client.ts'
import { Prisma } from '@packline/database/generated/client.ts'
import { resetMinutes } from '@packline/domain/accounts/link-limits.ts'
import { z } from 'zod'

const lifetime = `${resetMinutes} minutes`

export type NewReset = {
  userId: string
  tokenHash: Uint8Array
  /** Whose administrator is shown the link; null when it is mailed. */
  shownInAccountId: string | null
}

/** Times are the machine's, so that a moved clock of the demo makes no link live longer. */
export async function insertReset(tx: Tx, { userId, tokenHash, shownInAccountId }: NewReset) {
  await tx.$executeRaw`
    insert into "PasswordReset" ("userId", "tokenHash", "expiresAt", "shownInAccountId")
    values (${userId}::uuid, ${tokenHash}, now() + ${lifetime}::interval, ${shownInAccountId})`
}

/** How many links the user was sent within the last hour; lock the user first. */
export async function countRecentResets(tx: Tx, userId: string): Promise<number> {
  const rows = await tx.$queryRaw`
    select count(*)::int as recent from "PasswordReset"
    where "userId" = ${userId}::uuid and "createdAt" > now() - interval '1 hour'`
  const [{ recent }] = z.tuple([z.object({ recent: z.number() })]).parse(rows)
  return recent
}

const resetRow = z.object({
  id: z.uuid(),
  userId: z.uuid(),
  email: z.string(),
  shownInAccountId: z.string().nullable(),
  isUsed: z.boolean(),
  isExpired: z.boolean(),
})

const columns = Prisma.sql`
  p.id, p."userId", u.email, p."shownInAccountId", p."usedAt" is not null as "isUsed", p."expiresAt" <= now() as "isExpired"`

/** The link for a new password, whatever has become of it. */
export async function findResetByToken(db: Database | Tx, tokenHash: Uint8Array) {
  const rows = await db.$queryRaw`
    select ${columns} from "PasswordReset" p join "User" u on u.id = p."userId" where p."tokenHash" = ${tokenHash}`
  return z.array(resetRow).parse(rows)[0]
}

/** A new password is set: this link and all others of the user are for nothing any more. */
export async function endResets(tx: Tx, userId: string) {
  await tx.$executeRaw`
    update "PasswordReset" set "usedAt" = now() where "userId" = ${userId}::uuid and "usedAt" is null`
}

/** Clears away links that have long expired, and says how many. */
export async function deleteOldResets(db: Database): Promise<number> {
  return db.$executeRaw`delete from "PasswordReset" where "expiresAt" < now() - interval '7 days'`
}
