import type { DeviceView, SessionView } from '@packline/contract/session.ts'
import type { Database } from '@packline/database/client.ts'
import { effectiveFeatures } from '@packline/domain/accounts/features.ts'
import { sessionIdleHours } from '@packline/domain/accounts/session-limits.ts'
import { z } from 'zod'
import { accessAsJson, accessibleAccount, privilegesInAccount } from '../../platform/account-access.ts'

const viewRow = z.object({
  id: z.uuid(),
  email: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  timeZone: z.string().nullable(),
  accountId: z.string().nullable(),
  accounts: z.array(accessibleAccount),
})

/** The session as its own browser sees it. */
export async function getSessionView(db: Database, sessionId: string): Promise<SessionView> {
  const rows = await db.$queryRaw`
    select u.id, u.email, u."firstName", u."lastName", u."timeZone", s."accountId",
      coalesce((
        select json_agg(${accessAsJson} order by lower(a.name), a.id) from "Account" a
        where a.status <> 'deleted'
          and a.id in (select w."accountId" from "AccountAccess" w where w."userId" = u.id)), '[]') as accounts
    from "Session" s join "User" u on u.id = s."userId"
    where s.id = ${sessionId}::uuid`
  const { accountId, accounts, ...user } = viewRow.parse(z.array(z.unknown()).parse(rows)[0])
  const chosen = accounts.find(({ id }) => id === accountId)
  return {
    user,
    account: chosen
      ? { id: chosen.id, name: chosen.name, features: [...effectiveFeatures(chosen.features)] }
      : null,
    accounts: accounts.map(({ id, name, roleNames }) => ({ id, name, roles: roleNames })),
    privileges: chosen ? [...privilegesInAccount(chosen)] : [],
  }
}

const instantText = z.date().transform((date) => date.toISOString())
const deviceRow = z.object({
  id: z.uuid(),
  userAgent: z.string(),
  address: z.string(),
  signedInAt: instantText,
  lastSeenAt: instantText,
})

/** Where the user is signed in right now, last used first. */
export async function listDevices(db: Database, userId: string, currentId: string): Promise<DeviceView[]> {
  const rows = await db.$queryRaw`
    select id, "userAgent", address, "createdAt" as "signedInAt", "lastSeenAt" from "Session"
    where "userId" = ${userId}::uuid and "expiresAt" > now()
      and "lastSeenAt" > now() - ${`${sessionIdleHours} hours`}::interval
    order by "lastSeenAt" desc, id`
  return z
    .array(deviceRow)
    .parse(rows)
    .map((device) => ({ ...device, isCurrent: device.id === currentId }))
}
