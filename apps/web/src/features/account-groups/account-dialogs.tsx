import type { GroupAccount } from '@packline/contract/account-groups.ts'
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

export type AccountLook = { kind: 'membership' | 'users'; account: GroupAccount }

/** What the gear of an account shows: the groups it is in, or who works there through groups. */
export function AccountDialogs({ look, onClose }: { look: AccountLook | null; onClose: () => void }) {
  const name = look?.account.name ?? ''
  return (
    <Dialog
      isOpen={look !== null}
      onClose={onClose}
      title={look?.kind === 'users' ? `Assigned users of ${name}` : `Account groups of ${name}`}
    >
      {look?.kind === 'membership' && <Membership account={look.account} onClose={onClose} />}
      {look?.kind === 'users' && <Users account={look.account} />}
      <DialogActions>
        <Button variant="default" onClick={onClose} data-autofocus>
          Close
        </Button>
      </DialogActions>
    </Dialog>
  )
}

function Membership({ account, onClose }: { account: GroupAccount; onClose: () => void }) {
  const { data, error, refetch } = useQuery(groupQueries.membership(account.id))
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <Loading lines={3} />
  return (
    <ul>
      {data.groups.map(({ id, name }) => (
        <li key={id}>
          <TextLink to={paths.accountGroup(id)} onClick={onClose}>
            {name}
          </TextLink>
        </li>
      ))}
    </ul>
  )
}

function Users({ account }: { account: GroupAccount }) {
  const { data, error, refetch } = useQuery(groupQueries.assignedUsers(account.id))
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <Loading lines={3} />
  if (data.users.length === 0) return <p>Nobody works in this account through an account group.</p>
  return (
    <ul>
      {data.users.map((user) => (
        <li key={user.userId}>
          {nameOf(user)}, {user.email}
          <ul>
            {user.groups.map(({ id, name, roles }) => (
              <li key={id}>
                {name}: {roles.map((role) => role.name).join(', ')}
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  )
}
