import { isDeepStrictEqual } from 'node:util'
import type { Tx } from '@packline/database/client.ts'
import { isAccountFeature } from '@packline/domain/accounts/features.ts'
import {
  type ManagedAccountDetails,
  planEditAccount,
} from '@packline/domain/accounts/plan-managed-account.ts'
import type { Actor } from '../../platform/actor.ts'
import { auditBothSides } from '../../platform/audit.ts'
import type { AccountRefusal } from './accounts.refusals.ts'
import {
  claimName,
  type LockedAccount,
  lockManagedAccount,
  readUsage,
  saveAccount,
} from './accounts.store.ts'
import type { AccountDraft } from './create-account.ts'

export type AccountTarget = { accountId: string; isCurrent: (version: number) => boolean }

export type EditManagedAccountOutcome =
  | { kind: 'saved' }
  | { kind: 'absent' }
  | { kind: 'stale' }
  | AccountRefusal

/** Changes a managed account; what is not given stays. Saving the same again changes nothing. */
export async function editManagedAccount(
  tx: Tx,
  actor: Actor,
  {
    accountId,
    isCurrent,
    change,
  }: AccountTarget & { change: { [Key in keyof AccountDraft]?: AccountDraft[Key] | undefined } },
  now: Temporal.Instant,
): Promise<EditManagedAccountOutcome> {
  const account = await lockManagedAccount(tx, actor.accountId, accountId)
  if (!account) return { kind: 'absent' }
  if (!isCurrent(account.version)) return { kind: 'stale' }
  const unknown = change.features?.find((name) => !isAccountFeature(name))
  if (unknown !== undefined) return { kind: 'refused', reason: 'feature-unknown', feature: unknown }

  const before = detailsOf(account)
  const draft = {
    name: change.name ?? before.name,
    features: change.features?.filter(isAccountFeature) ?? before.features,
    environmentSupport: change.environmentSupport ?? before.environmentSupport,
    legacyDeployment: change.legacyDeployment ?? before.legacyDeployment,
    status: change.status ?? before.status,
  }
  const plan = planEditAccount(before, draft, await readUsage(tx, accountId))
  if (plan.kind === 'refused') return plan
  const { details } = plan
  if (isDeepStrictEqual(details, before)) return { kind: 'saved' }
  if (
    details.name !== before.name &&
    !(await claimName(tx, actor.accountId, { name: details.name, exceptId: accountId }))
  )
    return { kind: 'refused', reason: 'name-taken' }

  const { status, ...others } = details
  // A suspended account stays suspended: what is chosen here holds from when it is reactivated.
  const standing = account.status === 'suspended' ? { suspendedFrom: status } : { status }
  await saveAccount(tx, accountId, { ...others, ...standing }, { actorName: actor.name, now })
  await auditBothSides(tx, actor, now, {
    accountId,
    action: 'account EDIT',
    objectType: 'account',
    objectId: accountId,
    before,
    after: details,
  })
  return { kind: 'saved' }
}

function detailsOf(account: LockedAccount): ManagedAccountDetails {
  const { name, features, environmentSupport, legacyDeployment } = account
  const status = account.status === 'suspended' ? (account.suspendedFrom ?? 'active') : account.status
  return { name, features, environmentSupport, legacyDeployment, status }
}
