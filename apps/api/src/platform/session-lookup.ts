import type { Tx } from '@packline/database/client.ts'
import { Prisma } from '@packline/database/generated/client.ts'
import { sessionIdleHours } from '@packline/domain/accounts/session-limits.ts'
import { z } from 'zod'
import { accessAsJson, accessibleAccount } from './account-access.ts'
import { batchLoads } from './batch-loads.ts'
import { databaseOutage } from './database-errors.ts'
import { hashToken } from './session-token.ts'
import { userColumns, userFacts } from './user-facts.ts'

const sessionRow = userFacts.extend({
  id: z.uuid(),
  tokenHash: z.string(),
  /** Begun by single sign-on. */
  isVouched: z.boolean(),
  /** Null until one of several accounts is chosen, and when access to the chosen one was taken away. */
  account: accessibleAccount.nullable(),
})
export type SessionRow = z.infer<typeof sessionRow>

type Asked = Pick<Tx, '$queryRaw'>
const idleLimit = `${sessionIdleHours} hours`
/** Sessions that one statement asks for. */
const sessionsTogether = 100

/**
 * Finds the session a browser's token belongs to. Read anew for every request, but those that come while a statement runs
 * share the next one: who asks is asked with every request, and a statement costs more than what it finds.
 */
export function sessionLookup(db: Asked): (token: string | undefined) => Promise<SessionRow | undefined> {
  const load = batchLoads((tokenHashes) => findSessions(db, tokenHashes), {
    size: sessionsTogether,
    failsForAll: databaseOutage,
  })
  return async (token) => (token ? load(hashToken(token).toString('hex')) : undefined)
}

/**
 * Sessions by the hashes of their tokens, in hexadecimal, with the user, the account worked in and the roles there.
 * Session times are the machine's, not the settable clock's, so that moving that clock signs nobody out. A session that
 * somebody is just changing is not waited for: it is noted as seen with the next request.
 */
async function findSessions(
  db: Asked,
  tokenHashes: readonly string[],
): Promise<ReadonlyMap<string, SessionRow>> {
  const hashes = Prisma.sql`any(array(select decode(hash, 'hex') from unnest(${[...tokenHashes]}::text[]) hash))`
  const rows = await db.$queryRaw`
    with seen as (
      update "Session" set "lastSeenAt" = now()
      where id in (
        select id from "Session"
        where "tokenHash" = ${hashes} and "lastSeenAt" < now() - interval '1 minute'
          and "expiresAt" > now() and "lastSeenAt" > now() - ${idleLimit}::interval
        for no key update skip locked)
        -- Whoever asks does not wait for the disk for that; after a crash somebody was last seen a moment earlier.
        and set_config('synchronous_commit', 'off', true) = 'off')
    select s.id, encode(s."tokenHash", 'hex') as "tokenHash", s."isVouched",
      ${userColumns}, ${accessAsJson} as account
    from "Session" s join "User" u on u.id = s."userId" left join "Account" a on a.id = s."accountId"
    where s."tokenHash" = ${hashes} and s."expiresAt" > now() and s."lastSeenAt" > now() - ${idleLimit}::interval`
  return new Map(
    z
      .array(sessionRow)
      .parse(rows)
      .map((session) => [session.tokenHash, session]),
  )
}
