import type { Tx } from '@packline/database/client.ts'
import { planRemoveAtom, type RemoveAtomRefusal } from '@packline/domain/atoms/plan-remove-atom.ts'
import type { Actor } from '../../platform/actor.ts'
import { notifyAtoms } from '../../platform/atom-signal.ts'
import { audit } from '../../platform/audit.ts'
import { admitToEnvironments } from '../../platform/environment-access.ts'
import { countOwnPacks, markAtomPlaceDeleted } from '../environments/atom-places.store.ts'
import { countServedAccounts, deleteAtom, lockAtom } from './atoms.store.ts'

export type RemoveAtomOutcome =
  | { kind: 'removed' }
  | { kind: 'absent' }
  | { kind: 'refused'; reason: RemoveAtomRefusal }

/** Removes an Atom: the credentials of its nodes end with it. */
export async function removeAtom(
  tx: Tx,
  actor: Actor,
  atomId: string,
  now: Temporal.Instant,
): Promise<RemoveAtomOutcome> {
  const atom = await lockAtom(tx, actor.accountId, atomId)
  if (!atom) return { kind: 'absent' }
  await admitToEnvironments(tx, actor, [atom.environmentId])
  const servedAccounts = await countServedAccounts(tx, atomId)
  const ownPackCount = await countOwnPacks(tx, atomId)
  const plan = planRemoveAtom({ ...atom, servedAccounts, ownPackCount })
  if (plan.kind === 'refused') return plan

  await markAtomPlaceDeleted(tx, atomId, now)
  await deleteAtom(tx, atomId)
  await audit(tx, actor, now, {
    action: 'as.atom DELETE',
    objectType: 'atom',
    objectId: atomId,
    before: { name: atom.name, type: atom.type, environmentId: atom.environmentId },
  })
  await notifyAtoms(tx, atom.environmentId === null ? [] : [atom.environmentId])
  return { kind: 'removed' }
}
