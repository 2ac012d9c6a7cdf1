import type { Tx } from '@packline/database/client.ts'
import type { Actor } from '../../platform/actor.ts'
import { findAtomPlace } from '../environments/atom-places.store.ts'
import { detachInstallation, type DetachOutcome } from './detach-installation.ts'

/** Detaches an installation from an Atom that it is attached to itself. */
export async function detachFromAtom(
  tx: Tx,
  actor: Actor,
  { installationId, atomId }: { installationId: string; atomId: string },
): Promise<DetachOutcome> {
  const placeId = await findAtomPlace(tx, { accountId: actor.accountId, atomId })
  if (placeId === undefined) return { kind: 'absent' }
  return detachInstallation(tx, actor, { installationId, environmentIds: [placeId] })
}
