import { GroupPacks } from './group-packs.tsx'
import { GroupRoles } from './group-roles.tsx'
import { useGroup } from './use-group.ts'

/** What is shared through the group. */
export function Component() {
  const group = useGroup()
  return (
    <>
      <GroupPacks group={group} />
      <GroupRoles group={group} />
    </>
  )
}
