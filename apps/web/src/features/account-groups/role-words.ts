import type { GroupRole } from '@packline/contract/account-groups.ts'
import { isPrivilege, privilegeTable } from '@packline/domain/access/privileges.ts'

/** What a role gives, by the names of its privileges. */
export function privilegesInWords({ privileges, description }: GroupRole): string {
  const labels = privileges.filter(isPrivilege).map((privilege) => privilegeTable[privilege].label)
  const given = labels.length === 0 ? 'No privileges' : labels.join(', ')
  return description === '' ? given : `${description} – ${given}`
}
