import type { AccountGroupView, GroupUser } from '@packline/contract/account-groups.ts'
import { isPrivilege, privilegeTable } from '@packline/domain/access/privileges.ts'
import { CloseButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { ErrorState } from '../../ui/error-state.tsx'
import { Loading } from '../../ui/loading.tsx'
import classes from './account-groups.module.css'
import { groupQueries } from './account-groups.queries.ts'
import { nameOf } from './person-name.ts'

type RolePaneProps = { group: AccountGroupView; user: GroupUser; onClose: () => void }

/** The roles of one user in the group, with what each gives. */
export function RolePane({ group, user, onClose }: RolePaneProps) {
  const { data: roles, error, refetch } = useQuery(groupQueries.roleChoices(group.id))
  const held = roles?.filter(({ id }) => user.roles.some((role) => role.id === id)) ?? []
  return (
    <aside aria-label={`Roles and privileges of ${nameOf(user)}`} className={classes['pane']}>
      <div className={classes['head']}>
        <h4>{nameOf(user)}</h4>
        <CloseButton aria-label="Close roles and privileges" onClick={onClose} />
      </div>
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!roles && !error && <Loading lines={4} />}
      {held.map((role) => (
        <div key={role.id}>
          <strong>{role.name}</strong>
          <ul className={classes['privileges']}>
            {role.privileges.filter(isPrivilege).map((privilege) => (
              <li key={privilege}>{privilegeTable[privilege].label}</li>
            ))}
          </ul>
        </div>
      ))}
    </aside>
  )
}
