import type { Database } from '@packline/database/client.ts'
import { z } from 'zod'
import { accessAsJson, accessibleAccount, supportAccessAsJson } from '../platform/account-access.ts'
import { userColumns, userFacts } from '../platform/user-facts.ts'

const userRow = userFacts.extend({
  passwordHash: z.string().nullable(),
  isLocked: z.boolean(),
  /** Null when the account does not exist or the user may not work in it. */
  account: accessibleAccount.nullable(),
})

/** The user with this address and what they may do in the account: one statement a request. */
export async function findUserIn(db: Database, email: string, accountId: string) {
  const rows = await db.$queryRaw`
    select ${userColumns}, u."passwordHash", coalesce(u."lockedUntil" > app_now(), false) as "isLocked",
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
  requiresTwoStep: true,
  supportAccess: true,
})

/** An account under another one in the hierarchy, however deep; undefined for every other. */
export async function findDescendant(db: Database, ancestorId: string, accountId: string) {
  const rows = await db.$queryRaw`
    with recursive ancestry (id) as (
      select "primaryAccountId" from "Account" where id = ${accountId}
      union
      select a."primaryAccountId" from ancestry n join "Account" a on a.id = n.id)
    select a.id, a.name, a.status, a.features, a."requiresTwoStep", ${supportAccessAsJson} as "supportAccess" from "Account" a
    where a.id = ${accountId} and ${ancestorId} in (select id from ancestry)`
  const [found] = z.array(managedAccount).parse(rows)
  // Through its primary account, not as a user of its own.
  return found && { ...found, isDirect: false }
}
