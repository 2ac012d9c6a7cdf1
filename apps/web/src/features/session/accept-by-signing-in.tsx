import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { api } from '../../api.ts'
import { messageOf } from '../../lib/problem-message.ts'
import { paths } from '../../paths.ts'
import { queryClient, sessionKey } from '../../query-client.ts'
import { forgetAccountData } from '../../session-query.ts'
import { EntryButton, EntryField } from '../../shell/entry-controls.tsx'
import { FormErrors } from '../../ui/form-errors.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { acceptAndEnter } from './accept-and-enter.ts'
import { CodeForm } from './code-form.tsx'
import classes from './session.module.css'

type AcceptBySigningInProps = { token: string; email: string; onIsNew: () => void }

/** Somebody who has a user signs in with it, and has accepted. */
export function AcceptBySigningIn({ token, email, onIsNew }: AcceptBySigningInProps) {
  const navigate = useNavigate()
  const [password, setPassword] = useState('')
  const [needsCode, setNeedsCode] = useState(false)
  const accept = async () => {
    await acceptAndEnter(token)
    await navigate(paths.home(), { replace: true })
  }
  // Signed in perhaps, and not accepted: the page then asks as it asks whoever is signed in.
  const askAgain = async () => {
    forgetAccountData()
    await queryClient.invalidateQueries({ queryKey: sessionKey })
  }
  const { mutate, isPending, error, failureCount } = useMutation({
    mutationFn: async () => {
      const answer = await api.signIn({ email, password })
      if ('needsCode' in answer) setNeedsCode(true)
      else await accept()
    },
    onError: askAgain,
  })
  if (needsCode) {
    return (
      <CodeForm
        label="Sign in and accept"
        onSignedIn={() => accept().catch(askAgain)}
        onAgain={() => setNeedsCode(false)}
      />
    )
  }
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault()
        if (!isPending) mutate()
      }}
    >
      <p className={classes['hint']}>
        Sign in with the password of your Packline user to accept.{' '}
        <button type="button" className={classes['switch']} onClick={onIsNew}>
          I am new here
        </button>
      </p>
      <FormErrors
        key={failureCount}
        errors={error ? [{ message: messageOf(error), fieldId: 'password' }] : []}
      />
      <EntryField id="email" label="E-mail" type="email" autoComplete="username" readOnly value={email} />
      <EntryField
        id="password"
        label="Password"
        type="password"
        autoComplete="current-password"
        required
        value={password}
        onChange={({ currentTarget: { value } }) => setPassword(value)}
      />
      <EntryButton isPrimary isBusy={isPending}>
        Sign in and accept
      </EntryButton>
      <TextLink to={paths.forgotPassword()}>Forgot your password?</TextLink>
    </form>
  )
}
