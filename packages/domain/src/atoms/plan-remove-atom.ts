import type { AtomType } from './atom-status.ts'

export type ForeignCloudRefusal = 'cloud-of-another-account'
export type RemoveAtomRefusal = ForeignCloudRefusal | 'cloud-in-use'

/**
 * An Atom may be removed at any time, also while it is in an environment: what it ran stays installed. An Atom Cloud is
 * its owner's alone to change, and not removed while it serves other accounts.
 */
export function planRemoveAtom(atom: {
  type: AtomType
  isForeignCloud: boolean
  servedAccounts: number
}): { kind: 'planned' } | { kind: 'refused'; reason: RemoveAtomRefusal } {
  if (atom.isForeignCloud) return { kind: 'refused', reason: 'cloud-of-another-account' }
  return atom.servedAccounts > 0 ? { kind: 'refused', reason: 'cloud-in-use' } : { kind: 'planned' }
}
