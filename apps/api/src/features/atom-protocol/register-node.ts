import type { Tx } from '@packline/database/client.ts'
import { notifyAtoms } from '../../platform/atom-signal.ts'
import { auditAtom } from '../../platform/audit.ts'
import { hashToken } from '../../platform/session-token.ts'
import { insertNode } from '../atoms/atom-nodes.store.ts'
import { claimToken } from '../atoms/install-tokens.store.ts'
import { findRegistration, type RegisteredNode } from '../atoms/node-credentials.store.ts'
import { deliverToAtom, holdAttachments } from '../installations/deliveries.store.ts'

type Registration = {
  token: string
  nodeName: string
  agentVersion: string
  credential: string
  address: string
  requestId: string
}

export type RegisterNodeOutcome =
  | { kind: 'registered'; node: RegisteredNode }
  | { kind: 'refused'; reason: 'token-unusable' }

/**
 * Uses a one-time token up for a node with the credential that it made. Sent again with the same credential, because
 * the answer was lost, it is answered alike and has no second effect.
 */
export async function registerNode(
  tx: Tx,
  registration: Registration,
  now: Temporal.Instant,
): Promise<RegisterNodeOutcome> {
  const tokenHash = hashToken(registration.token)
  const credentialHash = hashToken(registration.credential)
  const claimed = await claimToken(tx, tokenHash)
  if (!claimed) {
    const node = await findRegistration(tx, { tokenHash, credentialHash })
    return node ? { kind: 'registered', node } : { kind: 'refused', reason: 'token-unusable' }
  }

  const { atomId, atomName, accountId, type, createdByName } = claimed
  const { nodeName: name, agentVersion, address, requestId } = registration
  await holdAttachments(tx, atomId)
  const nodeId = await insertNode(tx, { atomId, type, name, credentialHash, agentVersion, address })
  await deliverToAtom(tx, { atomId, nodeId }, now)
  // The node that it replaces, if there was one, still waits for something to do.
  await notifyAtoms(tx, [atomId])
  await auditAtom(tx, { accountId, atomId, atomName, requestId }, now, {
    action: 'as.atom REGISTER',
    objectType: 'atom',
    objectId: atomId,
    after: { nodeId, name, agentVersion, address, tokenMadeBy: createdByName },
  })
  return { kind: 'registered', node: { nodeId, atomId, atomName } }
}
