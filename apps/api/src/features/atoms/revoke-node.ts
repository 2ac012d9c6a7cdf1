import type { Tx } from '@packline/database/client.ts'
import type { Actor } from '../../platform/actor.ts'
import { notifyAtoms } from '../../platform/atom-signal.ts'
import { audit } from '../../platform/audit.ts'
import { admitToEnvironments } from '../../platform/environment-access.ts'
import { deleteNode } from './atom-nodes.store.ts'
import { lockAtom } from './atoms.store.ts'

export type RevokeNodeOutcome =
  | { kind: 'revoked' }
  | { kind: 'absent' }
  | { kind: 'refused'; reason: 'cloud-of-another-account' }

/** Ends the credential of a node: it is heard no more, and can come back only with a new token. */
export async function revokeNode(
  tx: Tx,
  actor: Actor,
  { atomId, nodeId }: { atomId: string; nodeId: string },
  now: Temporal.Instant,
): Promise<RevokeNodeOutcome> {
  const atom = await lockAtom(tx, actor.accountId, atomId)
  if (!atom) return { kind: 'absent' }
  await admitToEnvironments(tx, actor, [atom.environmentId])
  if (atom.isForeignCloud) return { kind: 'refused', reason: 'cloud-of-another-account' }
  const name = await deleteNode(tx, atomId, nodeId)
  if (name === undefined) return { kind: 'absent' }
  await audit(tx, actor, now, {
    action: 'as.atom.node DELETE',
    objectType: 'atom',
    objectId: atomId,
    before: { nodeId, name },
  })
  await notifyAtoms(tx, atom.environmentId === null ? [] : [atom.environmentId])
  return { kind: 'revoked' }
}
