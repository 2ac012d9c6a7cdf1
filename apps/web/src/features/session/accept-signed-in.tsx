import type { UserView } from '@packline/contract/session.ts'
import { isInvited } from '@packline/domain/accounts/invitation-standing.ts'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from 'react-router'
import { api } from '../../api.ts'
import { messageOf } from '../../lib/problem-message.ts'
import { paths } from '../../paths.ts'
import { queryClient, sessionKey } from '../../query-client.ts'
import { forgetAccountData } from '../../session-query.ts'
import { EntryButton } from '../../shell/entry-controls.tsx'
import { FormErrors } from '../../ui/form-errors.tsx'
import { acceptAndEnter } from './accept-and-enter.ts'
import classes from './session.module.css'

type AcceptSignedInProps = { token: string; email: string; user: UserView }

/** Whoever is signed in accepts with one click, or signs out when the invitation is for somebody else. */
export function AcceptSignedIn({ token, email, user }: AcceptSignedInProps) {
  const navigate = useNavigate()
  const accepting = useMutation({
    mutationFn: () => acceptAndEnter(token),
    onSuccess: () => navigate(paths.home(), { replace: true }),
  })
  const leaving = useMutation({
    mutationFn: api.signOut,
    onSuccess: () => {
      forgetAccountData()
      queryClient.setQueryData(sessionKey, null)
    },
  })
  const error = accepting.error ?? leaving.error
  const errors = <FormErrors errors={error ? [{ message: messageOf(error) }] : []} />
  return isInvited(email, user.email) ? (
    <div className={classes['form']}>
      {errors}
      <p className={classes['words']}>You are signed in as {user.email}.</p>
      <EntryButton isBusy={accepting.isPending} onClick={() => accepting.mutate()}>
        Accept invitation
      </EntryButton>
    </div>
  ) : (
    <div className={classes['form']}>
      {errors}
      <p className={classes['words']}>
        The invitation is for {email}, and you are signed in as {user.email}. Sign out to accept it.
      </p>
      <EntryButton isBusy={leaving.isPending} onClick={() => leaving.mutate()}>
        Sign out
      </EntryButton>
    </div>
  )
}
