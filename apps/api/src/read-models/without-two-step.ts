import { Prisma } from '@packline/database/generated/client.ts'

/**
 * A query: whoever may work in the account and signs in with a password alone. Who has no password comes by single
 * sign-on only, which is asked for no second step.
 */
export const withoutTwoStep = (accountId: string) => Prisma.sql`
  select u.id, u.email, trim(u."firstName" || ' ' || u."lastName") as name from "User" u
  where u."passwordHash" is not null
    and u.id in (select w."userId" from "AccountAccess" w where w."accountId" = ${accountId})
    and not exists (select from "TwoStepSignIn" t where t."userId" = u.id and t."onSince" is not null)`
