import type { AccountUserView } from '@packline/contract/account-users.ts'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { paths } from '../../paths.ts'
import { useReaderZone } from '../../session.ts'
import type { WithETag } from '../../request.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Moment } from '../../ui/moment.tsx'
import { SidePanel } from '../../ui/side-panel.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { userQueries } from './account-users.queries.ts'
import { ChangeRolesDialog } from './change-roles-dialog.tsx'
import { PasswordLinkDialog } from './password-link-dialog.tsx'
import { RemoveUserDialog } from './remove-user-dialog.tsx'
import { UnlockButton } from './unlock-button.tsx'
import classes from './users-and-roles.module.css'
import { nameOf, SignInStatus } from './user-words.tsx'

/** One user beside the table, with what an administrator can do for them. */
export function UserPanel({ userId, onClose }: { userId: string | null; onClose: () => void }) {
  return (
    <SidePanel isOpen={userId !== null} onClose={onClose} title="User" size="lg">
      {userId !== null && <UserDetails key={userId} userId={userId} onClose={onClose} />}
    </SidePanel>
  )
}

function UserDetails({ userId, onClose }: { userId: string; onClose: () => void }) {
  const { data: user, error, refetch } = useQuery(userQueries.one(userId))
  if (error && !user) {
    return <ErrorState title="The user could not be loaded" error={error} onRetry={() => void refetch()} />
  }
  return user ? <UserFacts user={user} onRemoved={onClose} /> : <Loading lines={6} />
}

function UserFacts({ user, onRemoved }: { user: WithETag<AccountUserView>; onRemoved: () => void }) {
  const zone = useReaderZone()
  const [open, setOpen] = useState<'roles' | 'password' | 'remove' | null>(null)
  const close = () => setOpen(null)
  const { email, roles, lastSignedInAt, lockedUntil, isYou, isLastAdministrator } = user
  return (
    <>
      <FactList
        facts={[
          ['Name', `${nameOf(user)}${isYou ? ' (you)' : ''}`],
          ['E-mail', email],
          [
            'Roles',
            <ul className={classes['privileges']}>
              {roles.map(({ id, label }) => (
                <li key={id}>
                  <TextLink to={paths.roles({ role: id })}>{label}</TextLink>
                </li>
              ))}
            </ul>,
          ],
          ['Last Sign-in', lastSignedInAt === null ? 'Never' : <Moment at={lastSignedInAt} zone={zone} />],
          ['Sign-in', <SignInStatus lockedUntil={lockedUntil} zone={zone} />],
        ]}
      />
      {isLastAdministrator && (
        <p className={classes['note']}>
          The last user of this account who holds User Management. Give it to somebody else before you take it
          away here.
        </p>
      )}
      <div className={classes['actions']}>
        <Button variant="default" onClick={() => setOpen('roles')}>
          Change Roles
        </Button>
        <Button variant="default" onClick={() => setOpen('password')}>
          Send Password Link
        </Button>
        {lockedUntil !== null && <UnlockButton userId={user.id} />}
        <Button variant="default" color="red" onClick={() => setOpen('remove')}>
          Remove User
        </Button>
      </div>
      <ChangeRolesDialog user={user} isOpen={open === 'roles'} onClose={close} />
      <PasswordLinkDialog user={user} isOpen={open === 'password'} onClose={close} />
      <RemoveUserDialog user={user} isOpen={open === 'remove'} onClose={close} onRemoved={onRemoved} />
    </>
  )
}
