import type { Tx } from '@packline/database/client.ts'
import { type AtomPlaceRefusal, whyNoAtomPlace } from '@packline/domain/installations/plan-atom-place.ts'
import type { Actor } from '../../platform/actor.ts'
import { notifyAtoms } from '../../platform/atom-signal.ts'
import { ensureAtomPlace, lockAtomToPlace, shareLegacyDeployment } from '../environments/atom-places.store.ts'
import { attachInstallation, type AttachOutcome } from './attach-installation.ts'

export type AttachToAtomsOutcome = AttachOutcome | { kind: 'refused'; reason: AtomPlaceRefusal }

export type AttachToAtomsInput = {
  installationId: string
  atomIds: readonly string[]
  /** Environments to attach it to in the same step. */
  environmentIds?: readonly string[]
}

/**
 * Attaches an installation to Atoms themselves, in an account with legacy deployment. Such an Atom is a place of its own
 * from then on, so that releases, updates and deliveries reach it as they reach the Atoms of an environment.
 */
export async function attachToAtoms(
  tx: Tx,
  actor: Actor,
  { installationId, atomIds, environmentIds = [] }: AttachToAtomsInput,
  now: Temporal.Instant,
): Promise<AttachToAtomsOutcome> {
  const isLegacy = await shareLegacyDeployment(tx, actor.accountId)
  const placeIds: string[] = []
  // In the order of the ids, so that two of these never wait for each other.
  for (const atomId of atomIds.toSorted()) {
    const place = await takePlace(tx, actor, { atomId, isLegacy }, now)
    if (place.kind === 'refused') return place
    placeIds.push(place.placeId)
  }
  const everywhere = [...environmentIds, ...placeIds]
  return attachInstallation(tx, actor, { installationId, environmentIds: everywhere, placeIds })
}

async function takePlace(
  tx: Tx,
  { accountId }: Actor,
  { atomId, isLegacy }: { atomId: string; isLegacy: boolean },
  now: Temporal.Instant,
): Promise<{ kind: 'taken'; placeId: string } | { kind: 'refused'; reason: AtomPlaceRefusal }> {
  const atom = await lockAtomToPlace(tx, { accountId, atomId })
  const reason = whyNoAtomPlace(isLegacy, atom)
  if (reason !== null || !atom) return { kind: 'refused', reason: reason ?? 'atom-missing' }

  const placeId = await ensureAtomPlace(tx, { accountId, atomId }, atom.name, now)
  // By its own id: it may not listen for the place yet.
  await notifyAtoms(tx, [atomId])
  return { kind: 'taken', placeId }
}
