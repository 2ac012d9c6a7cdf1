import type { Database } from '@packline/database/client.ts'
import { sessionIdleHours } from '@packline/domain/accounts/session-limits.ts'
import { z } from 'zod'
import type { Caller } from '../../platform/change-feed.ts'

const idleLimit = `${sessionIdleHours} hours`

/**
 * Which of these sessions and tokens the gate would still let in to the account: those that have ended, work in another
 * account by now, or whose user or account may not, are left out. One statement, however many they are; it counts as no
 * use of them.
 */
export async function listStanding(db: Database, ids: readonly string[]): Promise<Caller[]> {
  const rows = await db.$queryRaw`
    select caller.id, caller."accountId" from (
      select s.id, s."userId", s."accountId", s."isVouched" from "Session" s
      where s.id = any(${[...ids]}::uuid[]) and s."expiresAt" > now()
        and s."lastSeenAt" > now() - ${idleLimit}::interval
      union all
      select t.id, t."userId", t."accountId", t."isVouched" from "ApiToken" t
      where t.id = any(${[...ids]}::uuid[]) and t."revokedAt" is null
        and (t."expiresAt" is null or t."expiresAt" > now())) caller
    join "Account" a on a.id = caller."accountId" and a.status not in ('suspended', 'deleted')
    where (not a."requiresTwoStep" or caller."isVouched" or exists (
        select from "TwoStepSignIn" t where t."userId" = caller."userId" and t."onSince" is not null))
      and exists (
        select from "AccountAccess" w where w."userId" = caller."userId" and w."accountId" = caller."accountId")`
  return z.array(z.object({ id: z.uuid(), accountId: z.string() })).parse(rows)
}
