import type { Tx } from '@packline/database/client.ts'
import { planServeAccounts, type ServeAccountsRefusal } from '@packline/domain/atoms/plan-serve-accounts.ts'
import type { Actor } from '../../platform/actor.ts'
import { notifyAtoms } from '../../platform/atom-signal.ts'
import { audit } from '../../platform/audit.ts'
import { forgetDeployments } from '../deployments/deployment-reports.store.ts'
import { relieveAtom } from '../installations/deliveries.store.ts'
import { addServed, listManaged, lockAtom, lockServedAccounts, removeServed } from './atoms.store.ts'

export type ServedAccountsOutcome =
  | { kind: 'chosen' }
  | { kind: 'absent' }
  | { kind: 'refused'; reason: ServeAccountsRefusal }

/** Chooses which managed accounts an Atom Cloud serves. Where it served one before, it leaves that one's environment. */
export async function chooseServedAccounts(
  tx: Tx,
  actor: Actor,
  { atomId, accountIds }: { atomId: string; accountIds: readonly string[] },
  now: Temporal.Instant,
): Promise<ServedAccountsOutcome> {
  const atom = await lockAtom(tx, actor.accountId, atomId)
  if (!atom) return { kind: 'absent' }
  const before = await lockServedAccounts(tx, atomId)
  const plan = planServeAccounts(atom, {
    asked: accountIds,
    managed: await listManaged(tx, actor.accountId, accountIds),
    served: before.map(({ accountId }) => accountId),
  })
  if (plan.kind === 'refused') return plan

  await addServed(tx, atomId, plan.added)
  await removeServed(tx, atomId, plan.removed)
  const left = before.flatMap(({ accountId, environmentId }) =>
    environmentId !== null && plan.removed.includes(accountId) ? [{ accountId, environmentId }] : [],
  )
  for (const { accountId, environmentId } of left) {
    await relieveAtom(tx, { atomId, environmentId }, now)
    await forgetDeployments(tx, { atomId, environmentId })
    await audit(tx, actor, now, {
      accountId,
      action: 'as.environment DETACH',
      objectType: 'environment',
      objectId: environmentId,
      before: { atomId, atomName: atom.name },
    })
  }
  await audit(tx, actor, now, {
    action: 'as.atom UPDATE ACCOUNTS',
    objectType: 'atom',
    objectId: atomId,
    before: { accountIds: before.map(({ accountId }) => accountId) },
    after: { added: plan.added, removed: plan.removed },
  })
  if (left.length > 0) await notifyAtoms(tx, [atomId])
  return { kind: 'chosen' }
}
