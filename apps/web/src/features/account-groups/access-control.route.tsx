import { GroupAccounts } from './group-accounts.tsx'
import { GroupUsers } from './group-users.tsx'
import { useGroup } from './use-group.ts'

/** Which accounts are in the group, and who works in them. */
export function Component() {
  const group = useGroup()
  return (
    <>
      <GroupAccounts group={group} />
      <GroupUsers group={group} />
    </>
  )
}
