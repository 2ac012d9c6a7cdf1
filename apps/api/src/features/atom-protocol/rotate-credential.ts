import type { Tx } from '@packline/database/client.ts'
import type { AtomActor } from '../../platform/actor.ts'
import { auditAtom } from '../../platform/audit.ts'
import { hashToken } from '../../platform/session-token.ts'
import { replaceCredential } from '../atoms/node-credentials.store.ts'

export type RotateCredentialOutcome = { kind: 'rotated' } | { kind: 'refused'; reason: 'node-removed' }

/** Gives a node the credential that it made itself; the one it called with ends with this call. */
export async function rotateCredential(
  tx: Tx,
  atom: AtomActor,
  now: Temporal.Instant,
  credential: string,
): Promise<RotateCredentialOutcome> {
  const { nodeId, nodeName, atomId } = atom
  if (!(await replaceCredential(tx, nodeId, hashToken(credential)))) {
    return { kind: 'refused', reason: 'node-removed' }
  }
  await auditAtom(tx, atom, now, {
    action: 'as.atom ROTATE_CREDENTIAL',
    objectType: 'atom',
    objectId: atomId,
    after: { nodeId, name: nodeName },
  })
  return { kind: 'rotated' }
}
