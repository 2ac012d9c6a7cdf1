import { useMutation } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import { hasCode } from '../../lib/api-problem.ts'
import { messageOf } from '../../lib/problem-message.ts'
import { paths } from '../../paths.ts'
import { queryClient, sessionKey } from '../../query-client.ts'
import { request } from '../../request.ts'
import { forgetAccountData } from '../../session-query.ts'
import { EntryButton, EntryField } from '../../shell/entry-controls.tsx'
import { EntryPage } from '../../shell/entry-page.tsx'
import { FormErrors } from '../../ui/form-errors.tsx'
import { PageHeading } from '../../ui/page-heading.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { tokenInAddress } from './link-token.ts'
import { PasswordHint } from './password-hint.tsx'
import classes from './session.module.css'

export function Component() {
  const [typed, setTyped] = useState({ password: '', repeated: '' })
  const [isDifferent, setDifferent] = useState(false)
  const { mutate, isPending, isSuccess, error, failureCount, reset } = useMutation({
    mutationFn: () =>
      request<unknown>('resetPassword', { body: { token: tokenInAddress(), password: typed.password } }),
    onSuccess: () => {
      // Every session has ended, the one of this browser too.
      forgetAccountData()
      queryClient.setQueryData(sessionKey, null)
    },
  })
  if (isSuccess) {
    return (
      <EntryPage>
        <PageHeading title="Your new password is set" focusKey="done" />
        <p className={classes['words']}>
          All sessions of your user have ended. Sign in with the new password.
        </p>
        <p>
          <TextLink to={paths.signIn()}>Sign in</TextLink>
        </p>
      </EntryPage>
    )
  }
  const isDead = hasCode(error, 'reset-unknown', 'reset-used', 'reset-expired')
  if (isDead || tokenInAddress() === '') {
    return (
      <EntryPage>
        <PageHeading title="This link cannot be used" focusKey="dead" />
        <p role="alert" className={classes['words']}>
          {error?.message ?? 'The link is incomplete. Copy it whole from the mail, or ask for a new one.'}
        </p>
        <p>
          <TextLink to={paths.forgotPassword()}>Ask for a new link</TextLink>
        </p>
      </EntryPage>
    )
  }
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const differs = typed.password !== typed.repeated
    setDifferent(differs)
    if (differs) reset()
    else if (!isPending) mutate()
  }
  const problem = isDifferent
    ? { fieldId: 'repeated', message: 'The two passwords are not the same.' }
    : error && { fieldId: 'password', message: messageOf(error) }
  return (
    <EntryPage>
      <PageHeading title="Set a new password" lead="It ends every session of yours, here and elsewhere." />
      <form className={classes['form']} onSubmit={submit}>
        <FormErrors key={failureCount} errors={problem ? [problem] : []} />
        <EntryField
          id="password"
          label="New password"
          type="password"
          autoComplete="new-password"
          aria-describedby="password-hint"
          required
          value={typed.password}
          onChange={({ currentTarget: { value } }) => setTyped({ ...typed, password: value })}
        />
        <PasswordHint />
        <EntryField
          id="repeated"
          label="New password again"
          type="password"
          autoComplete="new-password"
          required
          value={typed.repeated}
          onChange={({ currentTarget: { value } }) => setTyped({ ...typed, repeated: value })}
        />
        <EntryButton isPrimary isBusy={isPending}>
          Set password
        </EntryButton>
      </form>
    </EntryPage>
  )
}
