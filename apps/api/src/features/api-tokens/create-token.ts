import type { Tx } from '@packline/database/client.ts'
import {
  type CreateTokenPlan,
  planCreateToken,
  type TokenDraft,
} from '@packline/domain/api-tokens/plan-create-token.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { hashToken, newToken } from '../../platform/session-token.ts'
import { countWorkingTokens, insertApiToken } from './api-tokens.store.ts'

export type CreateTokenOutcome =
  | { kind: 'created'; tokenId: string; token: string }
  | Extract<CreateTokenPlan, { kind: 'refused' }>

/** Makes a token for the account that its user works in. It is given out here and can never be read again. */
export async function createToken(
  tx: Tx,
  actor: Actor,
  now: Temporal.Instant,
  draft: TokenDraft,
): Promise<CreateTokenOutcome> {
  const { userId, accountId, privileges, through } = actor
  const plan = planCreateToken(draft, { privileges, workingTokens: await countWorkingTokens(tx, userId) })
  if (plan.kind === 'refused') return plan

  const { name, scopes, lifetimeDays } = plan
  // The prefix makes one that got into a file or a log findable.
  const token = `packline_${newToken()}`
  const inserted = await insertApiToken(tx, {
    userId,
    accountId,
    name,
    tokenHash: hashToken(token),
    scopes,
    lifetimeDays,
    isVouched: through.kind === 'session' && through.isVouched,
  })
  await audit(tx, actor, now, {
    action: 'user.token ADD',
    objectType: 'api-token',
    objectId: inserted.id,
    after: { name, scopes, expiresAt: inserted.expiresAt },
  })
  return { kind: 'created', tokenId: inserted.id, token }
}
