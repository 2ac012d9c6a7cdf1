import type { AtomType } from './atom-status.ts'

export type ForeignCloudRefusal = 'cloud-of-another-account'
export type RemoveAtomRefusal = ForeignCloudRefusal | 'cloud-in-use' | 'atom-has-packs'

/**
 * An Atom may be removed at any time, also while it is in an environment: what it ran stays installed. One that packs are
 * attached to itself goes after these. An Atom Cloud is
 * its owner's alone to change, and not removed while it serves other accounts.
 */
export function planRemoveAtom(atom: {
  type: AtomType
  isForeignCloud: boolean
  servedAccounts: number
  /** Packs attached to the Atom itself. */
  ownPackCount: number
}): { kind: 'planned' } | { kind: 'refused'; reason: RemoveAtomRefusal } {
  if (atom.isForeignCloud) return { kind: 'refused', reason: 'cloud-of-another-account' }
  if (atom.servedAccounts > 0) return { kind: 'refused', reason: 'cloud-in-use' }
  return atom.ownPackCount > 0 ? { kind: 'refused', reason: 'atom-has-packs' } : { kind: 'planned' }
}
