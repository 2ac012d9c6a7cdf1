import type { TokenStanding, TokenView } from '@packline/contract/api-tokens.ts'
import type { Database, Tx } from '@packline/database/client.ts'
import { Prisma } from '@packline/database/generated/client.ts'
import { z } from 'zod'
import {
  accessAsJson,
  type AccessibleAccount,
  accessibleAccount,
  privilegesInAccount,
} from '../../platform/account-access.ts'
import { hasSecondFactor, userColumns } from '../../platform/user-facts.ts'

const moment = z.date().transform((date) => date.toISOString())

const tokenRow = z.object({
  id: z.uuid(),
  name: z.string(),
  scopes: z.array(z.string()).nullable(),
  accountId: z.string(),
  account: accessibleAccount.nullable(),
  isExpired: z.boolean(),
  isVouched: z.boolean(),
  hasSecondStep: z.boolean(),
  createdAt: moment,
  expiresAt: moment.nullable(),
  lastUsedAt: moment.nullable(),
})

/** The user's own tokens in all their accounts, newest first; expired ones until they are cleared away. */
export const listOwnTokens = (db: Database | Tx, userId: string): Promise<TokenView[]> =>
  loadTokens(db, Prisma.sql`t."userId" = ${userId}::uuid`)

export const findOwnToken = async (
  db: Database | Tx,
  userId: string,
  tokenId: string,
): Promise<TokenView | undefined> =>
  (await loadTokens(db, Prisma.sql`t."userId" = ${userId}::uuid and t.id = ${tokenId}::uuid`))[0]

async function loadTokens(db: Database | Tx, matching: Prisma.Sql): Promise<TokenView[]> {
  const rows = await db.$queryRaw`
    select t.id, t.name, t.scopes, t."accountId", t."createdAt", t."expiresAt", t."lastUsedAt",
      coalesce(t."expiresAt" <= now(), false) as "isExpired", t."isVouched", ${userColumns}, ${accessAsJson} as account
    from "ApiToken" t join "User" u on u.id = t."userId" join "Account" a on a.id = t."accountId"
    where ${matching} and t."revokedAt" is null
    order by t."createdAt" desc, t.id
    limit 1000`
  return z.array(tokenRow).parse(rows).map(toView)
}

/** The name of an account that its user cannot enter any more may have become somebody else's business. */
const toView = ({
  account,
  isExpired,
  isVouched,
  hasSecondStep,
  ...token
}: z.output<typeof tokenRow>): TokenView => ({
  ...token,
  accountName: account?.name ?? token.accountId,
  standing: isExpired ? 'expired' : standingIn(account, hasSecondFactor({ isVouched, hasSecondStep })),
})

function standingIn(account: AccessibleAccount | null, isProved: boolean): TokenStanding {
  if (account === null) return 'account-left'
  if (account.status === 'suspended' || account.status === 'deleted') return 'account-suspended'
  if (account.requiresTwoStep && !isProved) return 'two-step-missing'
  return privilegesInAccount(account).has('api-access') ? 'works' : 'no-api-access'
}
