import type { Tx } from '@packline/database/client.ts'
import type { AtomType } from '@packline/domain/atoms/atom-status.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { admitToEnvironments } from '../../platform/environment-access.ts'
import { hashToken, newToken } from '../../platform/session-token.ts'
import { lockAtom } from './atoms.store.ts'
import { insertToken } from './install-tokens.store.ts'

export type IssuedToken = { token: string; expiresAt: Date }

/** Gives out a one-time token for an Atom; nobody can read it again. */
export async function issueToken(
  tx: Tx,
  actor: Actor,
  atom: { id: string; type: AtomType },
  now: Temporal.Instant,
): Promise<IssuedToken> {
  // A prefix, so that no command line takes a token for an option.
  const token = `atom-${newToken()}`
  const expiresAt = await insertToken(tx, {
    atomId: atom.id,
    type: atom.type,
    hash: hashToken(token),
    createdByName: actor.name,
  })
  await audit(tx, actor, now, { action: 'as.atom.token ADD', objectType: 'atom', objectId: atom.id })
  return { token, expiresAt }
}

export type NewTokenOutcome =
  | ({ kind: 'issued'; name: string } & IssuedToken)
  | { kind: 'absent' }
  | { kind: 'refused'; reason: 'cloud-of-another-account' }

/** A token for one more node of a Molecule, or for an Atom that is installed anew. */
export async function issueNewToken(
  tx: Tx,
  actor: Actor,
  atomId: string,
  now: Temporal.Instant,
): Promise<NewTokenOutcome> {
  const atom = await lockAtom(tx, actor.accountId, atomId)
  if (!atom) return { kind: 'absent' }
  await admitToEnvironments(tx, actor, [atom.environmentId])
  if (atom.isForeignCloud) return { kind: 'refused', reason: 'cloud-of-another-account' }
  return { kind: 'issued', name: atom.name, ...(await issueToken(tx, actor, atom, now)) }
}
