import type { Tx } from '@packline/database/client.ts'
import { type AtomPlaceRefusal, whyNoAtomPlace } from '@packline/domain/installations/plan-atom-place.ts'
import type { Actor } from '../../platform/actor.ts'
import { notifyAtoms } from '../../platform/atom-signal.ts'
import { lockAtom, saveEnvironment } from '../atoms/atoms.store.ts'
import { ensureAtomPlace, shareLegacyDeployment } from '../environments/atom-places.store.ts'
import { attachInstallation, type AttachOutcome } from './attach-installation.ts'

export type AttachToAtomOutcome = AttachOutcome | { kind: 'refused'; reason: AtomPlaceRefusal }

/**
 * Attaches an installation to an Atom itself, in an account with legacy deployment. The Atom is a place of its own from
 * then on, so that releases, updates and deliveries reach it as they reach the Atoms of an environment.
 */
export async function attachToAtom(
  tx: Tx,
  actor: Actor,
  { installationId, atomId }: { installationId: string; atomId: string },
  now: Temporal.Instant,
): Promise<AttachToAtomOutcome> {
  const { accountId } = actor
  const isLegacy = await shareLegacyDeployment(tx, accountId)
  const atom = await lockAtom(tx, accountId, atomId)
  const reason = whyNoAtomPlace(isLegacy, atom)
  if (reason !== null || !atom) return { kind: 'refused', reason: reason ?? 'atom-missing' }

  const placeId = await ensureAtomPlace(tx, { accountId, atomId }, atom.name, now)
  if (atom.placeId === null) {
    await saveEnvironment(tx, accountId, atom, placeId)
    // By its own id: it does not listen for the place yet.
    await notifyAtoms(tx, [atomId])
  }
  return attachInstallation(tx, actor, { installationId, environmentIds: [placeId], alsoPlaces: true }, now)
}
