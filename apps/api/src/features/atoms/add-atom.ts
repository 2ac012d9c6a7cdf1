import type { Tx } from '@packline/database/client.ts'
import { type AtomNameRefusal, checkAtomName } from '@packline/domain/atoms/atom-name.ts'
import type { AtomType } from '@packline/domain/atoms/atom-status.ts'
import { planMoveAtom } from '@packline/domain/environments/plan-move-atom.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { admitToEnvironments } from '../../platform/environment-access.ts'
import { lockEnvironment } from '../environments/environments.store.ts'
import { insertAtom } from './atoms.store.ts'
import { issueToken, type IssuedToken } from './issue-token.ts'

export type AddAtomOutcome =
  | ({ kind: 'added'; atomId: string; name: string } & IssuedToken)
  | { kind: 'refused'; reason: AtomNameRefusal | 'name-taken' | 'environment-full' | 'environment-missing' }

export type AtomDraft = { name: string; type: AtomType; environmentId: string | null }

/** Adds an Atom, in an environment or in none, and gives out the token that its first node registers with. */
export async function addAtom(
  tx: Tx,
  actor: Actor,
  draft: AtomDraft,
  now: Temporal.Instant,
): Promise<AddAtomOutcome> {
  const check = checkAtomName(draft.name)
  if (check.kind === 'refused') return check
  const { type, environmentId } = draft
  if (environmentId !== null) {
    const environment = await lockEnvironment(tx, actor.accountId, environmentId)
    if (!environment) return { kind: 'refused', reason: 'environment-missing' }
    await admitToEnvironments(tx, actor, [environmentId])
    const move = planMoveAtom({ environmentId: null }, { ...environment, environmentId })
    if (move.kind === 'refused') return move
  }

  const { name } = check
  const atom = { accountId: actor.accountId, environmentId, name, type, actorName: actor.name }
  const atomId = await insertAtom(tx, atom, now)
  if (atomId === undefined) return { kind: 'refused', reason: 'name-taken' }
  await audit(tx, actor, now, {
    action: 'as.atom ADD',
    objectType: 'atom',
    objectId: atomId,
    after: { name, type, environmentId },
  })
  return { kind: 'added', atomId, name, ...(await issueToken(tx, actor, { id: atomId, type }, now)) }
}
