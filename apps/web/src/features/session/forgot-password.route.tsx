import type { ResetRequested } from '@packline/contract/password-resets.ts'
import { resetMinutes } from '@packline/domain/accounts/link-limits.ts'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { messageOf } from '../../lib/problem-message.ts'
import { paths } from '../../paths.ts'
import { request } from '../../request.ts'
import { EntryButton, EntryField } from '../../shell/entry-controls.tsx'
import { EntryPage } from '../../shell/entry-page.tsx'
import { FormErrors } from '../../ui/form-errors.tsx'
import { PageHeading } from '../../ui/page-heading.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import classes from './session.module.css'

export function Component() {
  const [email, setEmail] = useState('')
  const { mutate, isPending, error, data, failureCount } = useMutation({
    mutationFn: () => request<ResetRequested>('requestPasswordReset', { body: { email } }),
  })
  if (data) {
    return (
      <EntryPage>
        <PageHeading
          title={data.hasMailServer ? 'Look into your mail' : 'Ask an administrator'}
          focusKey="asked"
        />
        <p className={classes['words']}>
          {data.hasMailServer
            ? `If ${email} has a Packline user, a link to set a new password is on its way there. It works once and for ${resetMinutes} minutes. Nothing there? Look among unwanted mail, or ask again with another address.`
            : 'This Packline has no mail server and can send nobody a link. An administrator of your account can make one for you, in User Management.'}
        </p>
        <p>
          <TextLink to={paths.signIn()}>Back to sign-in</TextLink>
        </p>
      </EntryPage>
    )
  }
  return (
    <EntryPage>
      <PageHeading
        title="Forgot your password?"
        lead="Enter your e-mail address. You get a link by which you set a new one."
      />
      <form
        className={classes['form']}
        onSubmit={(event) => {
          event.preventDefault()
          if (!isPending) mutate()
        }}
      >
        <FormErrors key={failureCount} errors={error ? [{ message: messageOf(error) }] : []} />
        <EntryField
          id="email"
          label="E-mail"
          type="email"
          name="email"
          autoComplete="username"
          required
          value={email}
          onChange={({ currentTarget: { value } }) => setEmail(value)}
        />
        <EntryButton isPrimary isBusy={isPending}>
          Send link
        </EntryButton>
        <TextLink to={paths.signIn()}>Back to sign-in</TextLink>
      </form>
    </EntryPage>
  )
}
