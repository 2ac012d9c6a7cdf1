import type { Database } from '@packline/database/client.ts'
import { isDefaultRole, isPrivilege } from '@packline/domain/access/privileges.ts'
import { isAccountFeature } from '@packline/domain/accounts/features.ts'
import { sessionIdleHours } from '@packline/domain/accounts/session-limits.ts'
import { z } from 'zod'
import { hashToken } from './session-token.ts'

const sessionRow = z.object({
  id: z.uuid(),
  userId: z.uuid(),
  email: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  timeZone: z.string().nullable(),
  /** Null until one of several accounts is chosen, and when access to the chosen one was taken away. */
  account: z
    .object({
      id: z.string(),
      name: z.string(),
      status: z.string(),
      features: z.array(z.string()).transform((names) => names.filter(isAccountFeature)),
    })
    .nullable(),
  roles: z.array(
    z.object({
      defaultRole: z.string().refine(isDefaultRole).nullable(),
      privileges: z.array(z.string()).transform((names) => names.filter(isPrivilege)),
    }),
  ),
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
    select s.id, s."userId", u.email, u."firstName", u."lastName", u."timeZone",
      (select json_build_object('id', a.id, 'name', a.name, 'status', a.status, 'features', a.features)
        from "Account" a
        where a.id = s."accountId"
          and exists (select from "Membership" m where m."userId" = u.id and m."accountId" = a.id)) as account,
      coalesce((select json_agg(json_build_object('defaultRole', r."defaultRole", 'privileges', r.privileges))
        from "Membership" m join "Role" r on r.id = m."roleId"
        where m."userId" = u.id and m."accountId" = s."accountId"), '[]') as roles
    from "Session" s join "User" u on u.id = s."userId"
    where s."tokenHash" = ${hashToken(token)} and s."expiresAt" > now()
      and s."lastSeenAt" > now() - ${idleLimit}::interval`
  return z.array(sessionRow).parse(rows)[0]
}
