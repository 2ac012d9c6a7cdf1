import { useMutation } from '@tanstack/react-query'
import type { SubmitEvent } from 'react'
import { useSearchParams } from 'react-router'
import { api } from '../../api.ts'
import { ApiProblem } from '../../lib/api-problem.ts'
import { paths } from '../../paths.ts'
import { EntryButton, EntryField } from '../../shell/entry-controls.tsx'
import { FormErrors } from '../../ui/form-errors.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import classes from './session.module.css'
import { useEntering } from './use-entering.ts'

type Credentials = { email: string; password: string }
type SignInFormProps = {
  credentials: Credentials
  onChange: (credentials: Credentials) => void
  /** The password was right, and a code has to follow. */
  onCodeNeeded: () => void
}

export function SignInForm({ credentials, onChange, onCodeNeeded }: SignInFormProps) {
  const [search] = useSearchParams()
  const enter = useEntering()
  const returnTo = search.get('returnTo')

  const { mutate, isPending, error, failureCount } = useMutation({
    mutationFn: api.signIn,
    onSuccess: (answer) => ('needsCode' in answer ? onCodeNeeded() : enter(answer)),
  })
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (!isPending) mutate(credentials)
  }
  return (
    <form className={classes['form']} onSubmit={submit}>
      {returnTo !== null && !error && (
        <p className={classes['hint']}>
          Sign in to go on where you were. Nothing you had entered there is lost.
        </p>
      )}
      <FormErrors key={failureCount} errors={error ? [errorOf(error)] : []} />
      <EntryField
        id="email"
        label="E-mail"
        type="email"
        name="email"
        autoComplete="username"
        required
        value={credentials.email}
        onChange={(event) => onChange({ ...credentials, email: event.currentTarget.value })}
      />
      <EntryField
        id="password"
        label="Password"
        type="password"
        name="password"
        autoComplete="current-password"
        required
        value={credentials.password}
        onChange={(event) => onChange({ ...credentials, password: event.currentTarget.value })}
      />
      <EntryButton id="sign-in" isPrimary isBusy={isPending}>
        Sign in
      </EntryButton>
      <TextLink to={paths.forgotPassword()}>Forgot your password?</TextLink>
    </form>
  )
}

const errorOf = (error: Error) => ({
  message: error.message,
  ...(error instanceof ApiProblem && error.code === 'sign-in-refused' && { fieldId: 'email' }),
})
