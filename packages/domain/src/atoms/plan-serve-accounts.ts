import type { AtomType } from './atom-status.ts'
import type { ForeignCloudRefusal } from './plan-remove-atom.ts'

export type ServeAccountsRefusal = ForeignCloudRefusal | 'not-a-cloud' | 'account-not-managed'

export type ServeAccountsPlan =
  | { kind: 'planned'; added: readonly string[]; removed: readonly string[] }
  | { kind: 'refused'; reason: ServeAccountsRefusal }

/** An Atom Cloud serves its own account and those accounts managed by it that its owner chose, here as a whole list. */
export function planServeAccounts(
  atom: { type: AtomType; isForeignCloud: boolean },
  accounts: { asked: readonly string[]; managed: readonly string[]; served: readonly string[] },
): ServeAccountsPlan {
  if (atom.isForeignCloud) return { kind: 'refused', reason: 'cloud-of-another-account' }
  if (atom.type !== 'CLOUD') return { kind: 'refused', reason: 'not-a-cloud' }
  const asked = [...new Set(accounts.asked)]
  if (!asked.every((id) => accounts.managed.includes(id))) {
    return { kind: 'refused', reason: 'account-not-managed' }
  }
  return {
    kind: 'planned',
    added: asked.filter((id) => !accounts.served.includes(id)),
    removed: accounts.served.filter((id) => !asked.includes(id)),
  }
}
