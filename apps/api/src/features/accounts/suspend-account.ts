import type { Tx } from '@packline/database/client.ts'
import type { Actor } from '../../platform/actor.ts'
import { notifyAtoms } from '../../platform/atom-signal.ts'
import { auditBothSides } from '../../platform/audit.ts'
import { notifyChanges } from '../../platform/change-signal.ts'
import { listEnvironmentIds, lockManagedAccount, saveAccount } from './accounts.store.ts'
import type { AccountTarget } from './edit-managed-account.ts'

export type SuspensionOutcome = { kind: 'saved' } | { kind: 'absent' } | { kind: 'stale' }

/**
 * Suspends a managed account: from here on nobody gets in, by session or token, and deliveries to its Atoms wait, while
 * what runs there runs (D-20). Releases go on reaching it. An account that is suspended already stays so.
 */
export async function suspendAccount(
  tx: Tx,
  actor: Actor,
  { accountId, isCurrent }: AccountTarget,
  now: Temporal.Instant,
): Promise<SuspensionOutcome> {
  const account = await lockManagedAccount(tx, actor.accountId, accountId)
  if (!account) return { kind: 'absent' }
  if (!isCurrent(account.version)) return { kind: 'stale' }
  const { status } = account
  if (status === 'suspended') return { kind: 'saved' }

  const change = { status: 'suspended', suspendedFrom: status } as const
  await saveAccount(tx, accountId, change, { actorName: actor.name, now })
  await auditBothSides(tx, actor, now, {
    accountId,
    action: 'account SUSPEND',
    objectType: 'account',
    objectId: accountId,
    before: { status },
    after: { status: 'suspended' },
  })
  await tellPlaces(tx, accountId)
  return { kind: 'saved' }
}

/** Makes a suspended account again what it was. Its Atoms hear of it and catch up (D-20). */
export async function reactivateAccount(
  tx: Tx,
  actor: Actor,
  { accountId, isCurrent }: AccountTarget,
  now: Temporal.Instant,
): Promise<SuspensionOutcome> {
  const account = await lockManagedAccount(tx, actor.accountId, accountId)
  if (!account) return { kind: 'absent' }
  if (!isCurrent(account.version)) return { kind: 'stale' }
  if (account.status !== 'suspended') return { kind: 'saved' }

  const status = account.suspendedFrom ?? 'active'
  await saveAccount(tx, accountId, { status, suspendedFrom: null }, { actorName: actor.name, now })
  await auditBothSides(tx, actor, now, {
    accountId,
    action: 'account REACTIVATE',
    objectType: 'account',
    objectId: accountId,
    before: { status: 'suspended' },
    after: { status },
  })
  await tellPlaces(tx, accountId)
  return { kind: 'saved' }
}

/** Its Atoms have something else to run or to wait for, and the publisher's screens show it. */
async function tellPlaces(tx: Tx, accountId: string) {
  const environmentIds = await listEnvironmentIds(tx, accountId)
  if (environmentIds.length === 0) return
  await notifyAtoms(tx, environmentIds)
  await notifyChanges(tx, { environmentIds })
}
