import type { Database, Tx } from '@packline/database/client.ts'
import { z } from 'zod'
import type { AccountScope } from '../../platform/actor.ts'
import { hashToken, newToken } from '../../platform/session-token.ts'

/** How long the rest of a query can be asked for. Machine time: moving the settable clock ends no query. */
const lifetime = '30 minutes'

/** Where a query goes on, for whom, and what it was. */
export type Continuation = {
  accountId: AccountScope
  userId: string
  object: string
  /** As it was sent, to be read again. */
  filter: unknown
  /** The key of the last object given out. */
  after: string
}

/** Keeps where a query goes on and returns the token to ask with; only its hash is stored. */
export async function saveContinuation(db: Database | Tx, continuation: Continuation): Promise<string> {
  const token = newToken()
  const { accountId, userId, object, filter, after } = continuation
  await db.$executeRaw`
    insert into "PlatformQueryToken" ("tokenHash", "accountId", "userId", object, filter, after, "expiresAt")
    values (${hashToken(token)}, ${accountId}, ${userId}::uuid, ${object}, ${JSON.stringify(filter ?? null)}::jsonb,
      ${after}, now() + ${lifetime}::interval)`
  return token
}

/** Takes a token: it opens the rest of its own query for the one who asked it, once. */
export async function takeContinuation(
  tx: Tx,
  token: string,
  { accountId, userId, object }: Pick<Continuation, 'accountId' | 'userId' | 'object'>,
): Promise<{ filter: unknown; after: string } | undefined> {
  const rows = await tx.$queryRaw`
    delete from "PlatformQueryToken"
    where "tokenHash" = ${hashToken(token)} and "accountId" = ${accountId} and "userId" = ${userId}::uuid
      and object = ${object} and "expiresAt" > now()
    returning filter, after`
  return z.array(z.object({ filter: z.unknown(), after: z.string() })).parse(rows)[0]
}

/** Throws away the tokens nobody came back with, and says how many. */
export function deleteExpiredContinuations(db: Database): Promise<number> {
  return db.$executeRaw`delete from "PlatformQueryToken" where "expiresAt" <= now()`
}
