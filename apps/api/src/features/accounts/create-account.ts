import type { Tx } from '@packline/database/client.ts'
import { isAccountFeature } from '@packline/domain/accounts/features.ts'
import {
  type ManagedAccountDetails,
  planCreateAccount,
} from '@packline/domain/accounts/plan-managed-account.ts'
import type { Actor } from '../../platform/actor.ts'
import { auditBothSides } from '../../platform/audit.ts'
import type { AccountRefusal } from './accounts.refusals.ts'
import { claimName, insertManagedAccount } from './accounts.store.ts'

export type CreateAccountOutcome = { kind: 'created'; accountId: string } | AccountRefusal

export type AccountDraft = Omit<ManagedAccountDetails, 'features'> & { features: readonly string[] }

/** Creates an account that this one manages. The database puts it into All Accounts. */
export async function createAccount(
  tx: Tx,
  actor: Actor,
  draft: AccountDraft,
  now: Temporal.Instant,
): Promise<CreateAccountOutcome> {
  const unknown = draft.features.find((name) => !isAccountFeature(name))
  if (unknown !== undefined) return { kind: 'refused', reason: 'feature-unknown', feature: unknown }
  const plan = planCreateAccount({ ...draft, features: draft.features.filter(isAccountFeature) })
  if (plan.kind === 'refused') return plan

  const { details } = plan
  if (!(await claimName(tx, actor.accountId, details))) return { kind: 'refused', reason: 'name-taken' }
  const accountId = await insertManagedAccount(tx, actor.accountId, details, { actorName: actor.name, now })
  await auditBothSides(tx, actor, now, {
    accountId,
    action: 'account ADD',
    objectType: 'account',
    objectId: accountId,
    after: details,
  })
  return { kind: 'created', accountId }
}
