import type { Tx } from '@packline/database/client.ts'
import { type AtomNameRefusal, checkAtomName } from '@packline/domain/atoms/atom-name.ts'
import { planMoveAtom } from '@packline/domain/environments/plan-move-atom.ts'
import type { Actor } from '../../platform/actor.ts'
import { notifyAtoms } from '../../platform/atom-signal.ts'
import { audit } from '../../platform/audit.ts'
import { admitToEnvironments } from '../../platform/environment-access.ts'
import { forgetDeployments } from '../deployments/deployment-reports.store.ts'
import { countOwnPacks, renameAtomPlace } from '../environments/atom-places.store.ts'
import { lockEnvironment } from '../environments/environments.store.ts'
import { deliverToAtom, relieveAtom } from '../installations/deliveries.store.ts'
import { type LockedAtom, lockAtom, saveEnvironment, saveName } from './atoms.store.ts'

type Refused = {
  kind: 'refused'
  reason:
    | AtomNameRefusal
    | 'name-taken'
    | 'environment-full'
    | 'environment-missing'
    | 'atom-has-packs'
    | 'cloud-of-another-account'
}
export type EditAtomOutcome = { kind: 'edited' } | { kind: 'absent' } | Refused

export type AtomChanges = {
  atomId: string
  name?: string | undefined
  /** Null takes it out of its environment; left out, it stays where it is. */
  environmentId?: string | null | undefined
}

/** Renames an Atom, moves it to another environment or takes it out of one. */
export async function editAtom(
  tx: Tx,
  actor: Actor,
  { atomId, name, environmentId }: AtomChanges,
  now: Temporal.Instant,
): Promise<EditAtomOutcome> {
  const atom = await lockAtom(tx, actor.accountId, atomId)
  if (!atom) return { kind: 'absent' }
  await admitToEnvironments(tx, actor, [atom.environmentId, environmentId ?? null])
  const moved =
    environmentId === undefined ? undefined : await moveAtom(tx, actor, { atom, environmentId }, now)
  if (moved) return moved
  const renamed = name === undefined ? undefined : await renameAtom(tx, actor, { atom, text: name }, now)
  return renamed ?? { kind: 'edited' }
}

async function renameAtom(
  tx: Tx,
  actor: Actor,
  { atom, text }: { atom: LockedAtom; text: string },
  now: Temporal.Instant,
): Promise<Refused | undefined> {
  if (atom.isForeignCloud) return { kind: 'refused', reason: 'cloud-of-another-account' }
  const check = checkAtomName(text)
  if (check.kind === 'refused') return check
  if (check.name === atom.name) return undefined
  if (!(await saveName(tx, atom.id, check.name))) return { kind: 'refused', reason: 'name-taken' }
  await renameAtomPlace(tx, atom.id, check.name)
  await audit(tx, actor, now, {
    action: 'as.atom UPDATE NAME',
    objectType: 'atom',
    objectId: atom.id,
    before: { name: atom.name },
    after: { name: check.name },
  })
  return undefined
}

async function moveAtom(
  tx: Tx,
  actor: Actor,
  { atom, environmentId }: { atom: LockedAtom; environmentId: string | null },
  now: Temporal.Instant,
): Promise<Refused | undefined> {
  const environment =
    environmentId === null ? null : await lockEnvironment(tx, actor.accountId, environmentId)
  if (environment === undefined) return { kind: 'refused', reason: 'environment-missing' }
  const plan = planMoveAtom(atom, environment && { ...environment, environmentId: environment.id })
  if (plan.kind === 'refused') return plan
  if (plan.kind === 'unchanged') return undefined
  // An Atom with packs of its own keeps them, and so stays where these are.
  if ((await countOwnPacks(tx, atom.id)) > 0) return { kind: 'refused', reason: 'atom-has-packs' }

  await saveEnvironment(tx, actor.accountId, atom, plan.toEnvironmentId)
  const { fromEnvironmentId: from, toEnvironmentId: to } = plan
  if (from !== null) {
    await relieveAtom(tx, { atomId: atom.id, environmentId: from }, now)
    await forgetDeployments(tx, { atomId: atom.id, environmentId: from })
  }
  if (to !== null) await deliverToAtom(tx, { atomId: atom.id }, now)
  for (const [action, id] of [
    ['DETACH', from],
    ['ATTACH', to],
  ] as const) {
    if (id === null) continue
    await audit(tx, actor, now, {
      action: `as.environment ${action}`,
      objectType: 'environment',
      objectId: id,
      [action === 'ATTACH' ? 'after' : 'before']: { atomId: atom.id, atomName: atom.name },
    })
  }
  // By its own id: an Atom that was in no environment does not listen for the one it comes to.
  await notifyAtoms(tx, [atom.id])
  return undefined
}
