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
import { TurnOffTwoStepDialog } from './turn-off-two-step-dialog.tsx'
import { UnlockButton } from './unlock-button.tsx'
import classes from './users-and-roles.module.css'
import { nameOf, SignInStatus, TwoStepSince } from './user-words.tsx'

/** One user beside the table, with what an administrator can do for them. */
export function UserPanel({ userId, onClose }: { userId: string | null; onClose: () => void }) {
  const [act, setAct] = useState<Act | null>(null)
  return (
    <SidePanel isOpen={userId !== null} onClose={onClose} title="User" size="lg" isEscapeTaken={act !== null}>
      {userId !== null && (
        <UserDetails key={userId} userId={userId} act={act} onAct={setAct} onClose={onClose} />
      )}
    </SidePanel>
  )
}

type Act = 'roles' | 'password' | 'two-step' | 'remove'
type UserDetailsProps = {
  userId: string
  /** The dialog that is open. */
  act: Act | null
  onAct: (act: Act | null) => void
  onClose: () => void
}

function UserDetails({ userId, act, onAct, onClose }: UserDetailsProps) {
  const { data: user, error, refetch } = useQuery(userQueries.one(userId))
  if (error && !user) {
    return <ErrorState title="The user could not be loaded" error={error} onRetry={() => void refetch()} />
  }
  return user ? <UserFacts user={user} act={act} onAct={onAct} onRemoved={onClose} /> : <Loading lines={6} />
}

type UserFactsProps = Pick<UserDetailsProps, 'act' | 'onAct'> & {
  user: WithETag<AccountUserView>
  onRemoved: () => void
}

function UserFacts({ user, act, onAct, onRemoved }: UserFactsProps) {
  const zone = useReaderZone()
  const close = () => onAct(null)
  const { email, roles, lastSignedInAt, lockedUntil, twoStepSince, isYou, isLastAdministrator } = user
  return (
    <>
      <FactList
        facts={[
          ['Name', `${nameOf(user)}${isYou ? ' (you)' : ''}`],
          ['E-mail', email],
          [
            'Roles',
            <ul className={classes['roles']}>
              {roles.map(({ id, label }) => (
                <li key={id}>
                  <TextLink to={paths.roles({ role: id })}>{label}</TextLink>
                </li>
              ))}
            </ul>,
          ],
          ['Last Sign-in', lastSignedInAt === null ? 'Never' : <Moment at={lastSignedInAt} zone={zone} />],
          ['Sign-in', <SignInStatus lockedUntil={lockedUntil} zone={zone} />],
          ['Two-step Sign-in', <TwoStepSince at={twoStepSince} zone={zone} />],
        ]}
      />
      {isLastAdministrator && (
        <p className={classes['note']}>
          The last user of this account who holds User Management. Give it to somebody else before you take it
          away here.
        </p>
      )}
      <div className={classes['actions']}>
        <Button variant="default" onClick={() => onAct('roles')}>
          Change Roles
        </Button>
        <Button variant="default" onClick={() => onAct('password')}>
          Send Password Link
        </Button>
        {lockedUntil !== null && <UnlockButton userId={user.id} />}
        {twoStepSince !== null && !isYou && (
          <Button variant="default" onClick={() => onAct('two-step')}>
            Turn Off Two-step Sign-in
          </Button>
        )}
        <Button variant="default" color="red" onClick={() => onAct('remove')}>
          Remove User
        </Button>
      </div>
      <ChangeRolesDialog user={user} isOpen={act === 'roles'} onClose={close} />
      <PasswordLinkDialog user={user} isOpen={act === 'password'} onClose={close} />
      <TurnOffTwoStepDialog user={user} isOpen={act === 'two-step'} onClose={close} />
      <RemoveUserDialog user={user} isOpen={act === 'remove'} onClose={close} onRemoved={onRemoved} />
    </>
  )
}
