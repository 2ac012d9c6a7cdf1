import type { Database } from '@packline/database/client.ts'
import { sessionIdleHours } from '@packline/domain/accounts/session-limits.ts'
import { z } from 'zod'
import { accessAsJson, accessibleAccount } from './account-access.ts'
import { hashToken } from './session-token.ts'

export const userFacts = z.object({
  userId: z.uuid(),
  email: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  timeZone: z.string().nullable(),
})
export type UserFacts = z.infer<typeof userFacts>

const sessionRow = userFacts.extend({
  id: z.uuid(),
  /** Null until one of several accounts is chosen, and when access to the chosen one was taken away. */
  account: accessibleAccount.nullable(),
})
export type SessionRow = z.infer<typeof sessionRow>

const idleLimit = `${sessionIdleHours} hours`

/**
 * The session a browser's token belongs to, with the user, the account worked in and the roles there: one statement a
 * request. Session times are the machine's, not the settable clock's, so that moving that clock signs nobody out.
 */
export async function findSession(db: Database, token: string | undefined): Promise<SessionRow | undefined> {
  if (!token) return undefined
  const rows = await db.$queryRaw`
    with seen as (
      update "Session" set "lastSeenAt" = now()
      where "tokenHash" = ${hashToken(token)} and "lastSeenAt" < now() - interval '1 minute'
        and "expiresAt" > now() and "lastSeenAt" > now() - ${idleLimit}::interval)
    select s.id, s."userId", u.email, u."firstName", u."lastName", u."timeZone", ${accessAsJson} as account
    from "Session" s join "User" u on u.id = s."userId" left join "Account" a on a.id = s."accountId"
    where s."tokenHash" = ${hashToken(token)} and s."expiresAt" > now()
      and s."lastSeenAt" > now() - ${idleLimit}::interval`
  return z.array(sessionRow).parse(rows)[0]
}
