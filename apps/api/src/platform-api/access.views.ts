import type { Database } from '@packline/database/client.ts'
import { z } from 'zod'
import { accessAsJson, accessibleAccount, supportAccessAsJson } from '../platform/account-access.ts'
import { userFacts } from '../platform/session-lookup.ts'

const userRow = userFacts.extend({
  passwordHash: z.string().nullable(),
  isLocked: z.boolean(),
  /** A password alone does not sign them in. */
  hasSecondStep: z.boolean(),
  /** Null when the account does not exist or the user may not work in it. */
  account: accessibleAccount.nullable(),
})

/** The user with this address and what they may do in the account: one statement a request. */
export async function findUserIn(db: Database, email: string, accountId: string) {
  const rows = await db.$queryRaw`
    select u.id as "userId", u.email, u."firstName", u."lastName", u."timeZone", u."passwordHash",
      coalesce(u."lockedUntil" > app_now(), false) as "isLocked",
      exists (select from "TwoStepSignIn" t where t."userId" = u.id and t."onSince" is not null) as "hasSecondStep",
      ${accessAsJson} as account
    from "User" u left join "Account" a on a.id = ${accountId}
    where lower(u.email) = lower(${email})`
  return z.array(userRow).parse(rows)[0]
}

const managedAccount = accessibleAccount.pick({
  id: true,
  name: true,
  status: true,
  features: true,
  supportAccess: true,
})

/** An account under another one in the hierarchy, however deep; undefined for every other. */
export async function findDescendant(db: Database, ancestorId: string, accountId: string) {
  const rows = await db.$queryRaw`
    with recursive ancestry (id) as (
      select "primaryAccountId" from "Account" where id = ${accountId}
      union
      select a."primaryAccountId" from ancestry n join "Account" a on a.id = n.id)
    select a.id, a.name, a.status, a.features, ${supportAccessAsJson} as "supportAccess" from "Account" a
    where a.id = ${accountId} and ${ancestorId} in (select id from ancestry)`
  const [found] = z.array(managedAccount).parse(rows)
  // Through its primary account, not as a user of its own.
  return found && { ...found, isDirect: false }
}
