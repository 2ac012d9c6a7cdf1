import { z } from 'zod'
import { accountId, id, instant } from './field.ts'

/**
 * Whether a token opens anything. `account-left`: its user may not work in its account any more; `account-suspended`,
 * `two-step-missing` and `no-api-access`: not for now.
 */
export const tokenStanding = z.enum([
  'works',
  'expired',
  'account-left',
  'account-suspended',
  'two-step-missing',
  'no-api-access',
])
export type TokenStanding = z.infer<typeof tokenStanding>

export const tokenView = z.object({
  id,
  name: z.string(),
  /** Privileges; null: whatever its user may do. */
  scopes: z.array(z.string()).nullable(),
  accountId,
  accountName: z.string(),
  standing: tokenStanding,
  createdAt: instant,
  expiresAt: instant.nullable(),
  lastUsedAt: instant.nullable(),
})
export type TokenView = z.infer<typeof tokenView>

export const createTokenBody = z.strictObject({
  name: z.string().max(10_000),
  /** Days until it expires; null: until it is revoked. */
  lifetimeDays: z.union([z.literal(7), z.literal(30), z.literal(90), z.literal(365), z.null()]),
  /** Of what the user may do only these; null: all of it. */
  scopes: z.array(z.string().max(100)).max(100).nullable(),
})

/** The only answer that has the token itself; a repetition under the same idempotency key has not. */
export const createdToken = z.object({ token: z.string().nullable(), apiToken: tokenView })
export type CreatedToken = z.infer<typeof createdToken>

export const tokenParams = z.object({ tokenId: id })
