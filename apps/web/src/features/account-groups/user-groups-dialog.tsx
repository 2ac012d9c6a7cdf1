import type { GroupUser } from '@packline/contract/account-groups.ts'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { paths } from '../../paths.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { DialogActions } from '../../ui/dialog-actions.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Loading } from '../../ui/loading.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { groupQueries } from './account-groups.queries.ts'
import { nameOf } from './person-name.ts'

/** View all groups of the user. */
export function UserGroupsDialog({ user, onClose }: { user: GroupUser | null; onClose: () => void }) {
  return (
    <Dialog isOpen={user !== null} onClose={onClose} title={`All groups of ${user ? nameOf(user) : ''}`}>
      {user && <Groups userId={user.userId} onClose={onClose} />}
      <DialogActions>
        <Button variant="default" onClick={onClose} data-autofocus>
          Close
        </Button>
      </DialogActions>
    </Dialog>
  )
}

function Groups({ userId, onClose }: { userId: string; onClose: () => void }) {
  const { data, error, refetch } = useQuery(groupQueries.userGroups(userId))
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <Loading lines={3} />
  return (
    <ul>
      {data.groups.map(({ id, name, roles }) => (
        <li key={id}>
          <TextLink to={paths.accountGroup(id)} onClick={onClose}>
            {name}
          </TextLink>
          : {roles.map((role) => role.name).join(', ')}
        </li>
      ))}
    </ul>
  )
}
