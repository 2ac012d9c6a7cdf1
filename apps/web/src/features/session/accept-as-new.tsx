import type { InvitationLinkView } from '@packline/contract/invitations.ts'
import { isInvited } from '@packline/domain/accounts/invitation-standing.ts'
import { useMutation } from '@tanstack/react-query'
import { type ChangeEvent, useState } from 'react'
import { useNavigate } from 'react-router'
import { hasCode } from '../../lib/api-problem.ts'
import { fieldProblems, isRefusal } from '../../lib/field-problems.ts'
import { messageOf } from '../../lib/problem-message.ts'
import { paths } from '../../paths.ts'
import { request } from '../../request.ts'
import { forgetAccountData, refreshSession } from '../../session-query.ts'
import { EntryButton, EntryField } from '../../shell/entry-controls.tsx'
import { FormErrors } from '../../ui/form-errors.tsx'
import { PasswordHint } from './password-hint.tsx'
import classes from './session.module.css'

type AcceptAsNewProps = {
  token: string
  invitation: Pick<InvitationLinkView, 'email' | 'vouched'>
  onHasUser: () => void
}

const ids = { firstName: 'first-name', lastName: 'last-name', password: 'password' }

/**
 * Somebody who is new here says who they are and chooses a password, which nobody needs whom single sign-on vouched for;
 * they are signed in then.
 */
export function AcceptAsNew({ token, invitation: { email, vouched }, onHasUser }: AcceptAsNewProps) {
  const navigate = useNavigate()
  const isVouched = vouched !== null && isInvited(email, vouched.email)
  const [person, setPerson] = useState({
    firstName: isVouched ? vouched.firstName : '',
    lastName: isVouched ? vouched.lastName : '',
    password: '',
  })
  const { mutate, isPending, error, failureCount } = useMutation({
    mutationFn: () => {
      const { password, ...name } = person
      return request<unknown>('acceptAsNewUser', {
        body: { token, ...name, ...(!isVouched && { password }) },
      })
    },
    onSuccess: async () => {
      forgetAccountData()
      await refreshSession()
      await navigate(paths.home(), { replace: true })
    },
    onError: (refusal) => {
      if (hasCode(refusal, 'user-exists')) onHasUser()
    },
  })
  const errors = isRefusal(error)
    ? fieldProblems(error, ids).summary
    : error
      ? [{ message: messageOf(error) }]
      : []
  const field = (name: keyof typeof person) => ({
    id: ids[name],
    name,
    value: person[name],
    onChange: ({ currentTarget: { value } }: ChangeEvent<HTMLInputElement>) =>
      setPerson((before) => ({ ...before, [name]: value })),
  })
  return (
    <form
      className={classes['form']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!isPending) mutate()
      }}
    >
      {isVouched ? (
        <p className={classes['words']}>
          Your organisation’s sign-in knows you as {vouched.email}. You need no password here.
        </p>
      ) : (
        <p className={classes['hint']}>
          Have you signed in to Packline with this address before?{' '}
          <button type="button" className={classes['switch']} onClick={onHasUser}>
            Sign in to accept
          </button>
        </p>
      )}
      {vouched && !isVouched && (
        <p role="alert" className={classes['words']}>
          Your organisation’s sign-in knows you as {vouched.email}, and the invitation is for {email}. Sign in
          there with that address, or choose a password.
        </p>
      )}
      <FormErrors key={failureCount} errors={errors} />
      <EntryField label="First name" autoComplete="given-name" {...field('firstName')} />
      <EntryField label="Last name" autoComplete="family-name" {...field('lastName')} />
      {!isVouched && (
        <>
          <input type="hidden" autoComplete="username" name="email" value={email} />
          <EntryField
            label="Password"
            type="password"
            autoComplete="new-password"
            aria-describedby="password-hint"
            {...field('password')}
          />
          <PasswordHint />
        </>
      )}
      <EntryButton isPrimary isBusy={isPending}>
        Accept invitation
      </EntryButton>
    </form>
  )
}
