export type AtomPlaceRefusal =
  | 'environments-on'
  | 'atom-missing'
  | 'cloud-of-another-account'
  | 'atom-in-environment'

/** An Atom of the account, or an Atom Cloud that serves it; undefined when the account has neither. */
export type AtomToAttach = { environmentId: string | null; isForeignCloud: boolean } | undefined

/**
 * Decides whether packs may be attached to an Atom itself: only in an account with legacy deployment, where there are no
 * environments, and so only to an Atom that is in none (D-28). An Atom Cloud of another account runs what is in the
 * environment it was put into, and nothing else: its owner may end that at any time.
 */
export function whyNoAtomPlace(isLegacy: boolean, atom: AtomToAttach): AtomPlaceRefusal | null {
  if (!isLegacy) return 'environments-on'
  if (!atom) return 'atom-missing'
  if (atom.isForeignCloud) return 'cloud-of-another-account'
  return atom.environmentId === null ? null : 'atom-in-environment'
}
