/** More accounts than this at once are added in several steps. */
export const accountsAtOnce = 1_000

export type AddAccountsRefusal = 'account-not-managed' | 'default-group-full'
export type RemoveAccountsRefusal = 'account-not-in-group' | 'default-group-full'

export type GroupAccounts = {
  isDefault: boolean
  /** Of the accounts asked for those that the owner of the group manages. */
  managed: readonly string[]
  /** Of the accounts asked for those in the group. */
  inGroup: readonly string[]
}

export type AddAccountsPlan =
  | { kind: 'planned'; added: readonly string[] }
  | { kind: 'refused'; reason: AddAccountsRefusal }

/**
 * Plans adding accounts: only managed ones, never the primary account itself. All Accounts holds every managed
 * account by itself. What is in the group already stays as it is, so that two people may add the same account.
 */
export function planAddAccounts(group: GroupAccounts, asked: readonly string[]): AddAccountsPlan {
  if (group.isDefault) return { kind: 'refused', reason: 'default-group-full' }
  if (!asked.every((id) => group.managed.includes(id)))
    return { kind: 'refused', reason: 'account-not-managed' }
  return { kind: 'planned', added: [...new Set(asked)].filter((id) => !group.inGroup.includes(id)) }
}

export type RemoveAccountsPlan =
  | { kind: 'planned'; removed: readonly string[] }
  | { kind: 'refused'; reason: RemoveAccountsRefusal }

/** Plans taking accounts out of a group: all of them or none, and never out of All Accounts. */
export function planRemoveAccounts(
  group: Omit<GroupAccounts, 'managed'>,
  asked: readonly string[],
): RemoveAccountsPlan {
  if (group.isDefault) return { kind: 'refused', reason: 'default-group-full' }
  if (!asked.every((id) => group.inGroup.includes(id)))
    return { kind: 'refused', reason: 'account-not-in-group' }
  return { kind: 'planned', removed: [...new Set(asked)] }
}
