import type { DeviceView, SessionView } from '@packline/contract/session.ts'
import type { Database } from '@packline/database/client.ts'
import { isDefaultRole, isPrivilege, privilegesOf } from '@packline/domain/access/privileges.ts'
import { effectiveFeatures, isAccountFeature } from '@packline/domain/accounts/features.ts'
import { sessionIdleHours } from '@packline/domain/accounts/session-limits.ts'
import { z } from 'zod'

const heldRole = z.object({
  name: z.string(),
  defaultRole: z.string().refine(isDefaultRole).nullable(),
  privileges: z.array(z.string()).transform((names) => names.filter(isPrivilege)),
})
const viewRow = z.object({
  id: z.uuid(),
  email: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  timeZone: z.string().nullable(),
  accountId: z.string().nullable(),
  accounts: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      features: z.array(z.string()).transform((names) => names.filter(isAccountFeature)),
      roles: z.array(heldRole),
    }),
  ),
})

/** The session as its own browser sees it. */
export async function getSessionView(db: Database, sessionId: string): Promise<SessionView> {
  const rows = await db.$queryRaw`
    select u.id, u.email, u."firstName", u."lastName", u."timeZone", s."accountId",
      coalesce((
        select json_agg(json_build_object('id', a.id, 'name', a.name, 'features', a.features, 'roles', (
            select json_agg(json_build_object('name', r.name, 'defaultRole', r."defaultRole",
                'privileges', r.privileges) order by r.name)
              from "Membership" m join "Role" r on r.id = m."roleId"
              where m."userId" = u.id and m."accountId" = a.id))
          order by lower(a.name), a.id)
        from "Account" a
        where a.status <> 'deleted'
          and exists (select from "Membership" m where m."userId" = u.id and m."accountId" = a.id)), '[]') as accounts
    from "Session" s join "User" u on u.id = s."userId"
    where s.id = ${sessionId}::uuid`
  const { accountId, accounts, ...user } = viewRow.parse(z.array(z.unknown()).parse(rows)[0])
  const chosen = accounts.find(({ id }) => id === accountId)
  return {
    user,
    account: chosen
      ? { id: chosen.id, name: chosen.name, features: [...effectiveFeatures(chosen.features)] }
      : null,
    accounts: accounts.map(({ id, name, roles }) => ({ id, name, roles: roles.map((role) => role.name) })),
    privileges: chosen ? [...privilegesOf(chosen.roles)] : [],
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
