import { accountStatus } from '@packline/contract/accounts.ts'
import type { DeviceView, SessionView } from '@packline/contract/session.ts'
import type { Database, Tx } from '@packline/database/client.ts'
import { effectiveFeatures } from '@packline/domain/accounts/features.ts'
import { sessionIdleHours } from '@packline/domain/accounts/session-limits.ts'
import { z } from 'zod'
import { accessAsJson, accessibleAccount, privilegesInAccount } from '../../platform/account-access.ts'
import { hasSecondFactor, userColumns, userFacts } from '../../platform/user-facts.ts'
import { listMyAccounts } from './my-accounts.views.ts'

const viewRow = userFacts.extend({
  isVouched: z.boolean(),
  /** Null until one is chosen, and when access to the chosen one was taken away. */
  account: accessibleAccount.extend({ status: accountStatus }).nullable(),
})

/** So many accounts come with the session; somebody with more searches for the others. */
const accountsAtHand = 10

/** The session as its own browser sees it, while it lasts: the same few statements however many accounts the user may work in. */
export async function getSessionView(db: Database | Tx, sessionId: string): Promise<SessionView | undefined> {
  const rows = await db.$queryRaw`
    select ${userColumns}, s."isVouched",
      case when a.status <> 'deleted' then ${accessAsJson} end as account
    from "Session" s join "User" u on u.id = s."userId" left join "Account" a on a.id = s."accountId"
    where s.id = ${sessionId}::uuid`
  const [row] = z.array(viewRow).parse(rows)
  if (!row) return undefined
  const { account, userId, email, firstName, lastName, timeZone } = row
  const mine = await listMyAccounts(db, userId, { page: 1, pageSize: accountsAtHand })
  return {
    user: { id: userId, email, firstName, lastName, timeZone },
    account: account && {
      id: account.id,
      name: account.name,
      status: account.status,
      features: [...effectiveFeatures(account.features)],
      isDirect: account.isDirect,
      requiresTwoStep: account.requiresTwoStep,
      lacksTwoStep: account.requiresTwoStep && !hasSecondFactor(row),
    },
    accounts: mine.rows,
    accountCount: mine.total,
    privileges: account ? [...privilegesInAccount(account)] : [],
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
