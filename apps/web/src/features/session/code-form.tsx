import type { SessionView } from '@packline/contract/session.ts'
import { useMutation } from '@tanstack/react-query'
import { type SubmitEvent, useEffect, useState } from 'react'
import { api } from '../../api.ts'
import { messageOf } from '../../lib/problem-message.ts'
import { EntryButton, EntryField } from '../../shell/entry-controls.tsx'
import { FormErrors } from '../../ui/form-errors.tsx'
import classes from './session.module.css'

type CodeFormProps = {
  /** Of the button. */
  label: string
  onSignedIn: (session: SessionView) => Promise<void> | void
  /** Back to the password, for somebody else or because the code came too late. */
  onAgain: () => void
}

const fields = {
  app: {
    label: 'Code',
    hint: 'The six digits that your authenticator app shows for Packline now.',
    inputMode: 'numeric',
    autoComplete: 'one-time-code',
    other: 'Use a recovery code',
  },
  recovery: {
    label: 'Recovery code',
    hint: 'One of the codes you kept when you turned on two-step sign-in. Each works once.',
    inputMode: 'text',
    autoComplete: 'off',
    other: 'Use the authenticator app',
  },
} as const

/** The second step of signing in. */
export function CodeForm({ label, onSignedIn, onAgain }: CodeFormProps) {
  const [source, setSource] = useState<keyof typeof fields>('app')
  const [code, setCode] = useState('')
  const { hint, other, ...field } = fields[source]
  useEffect(() => document.getElementById('code')?.focus(), [source])
  const { mutate, isPending, error, failureCount, reset } = useMutation({
    mutationFn: async () => onSignedIn(await api.signInByCode({ code })),
    onError: () => setCode(''),
  })
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (!isPending) mutate()
  }
  const swap = () => {
    setSource(source === 'app' ? 'recovery' : 'app')
    setCode('')
    reset()
  }
  return (
    <form className={classes['form']} onSubmit={submit}>
      <FormErrors key={failureCount} errors={error ? [{ message: messageOf(error), fieldId: 'code' }] : []} />
      <EntryField
        {...field}
        id="code"
        name="code"
        aria-describedby="code-hint"
        spellCheck={false}
        autoCapitalize="off"
        required
        value={code}
        onChange={({ currentTarget: { value } }) => setCode(value)}
      />
      <p id="code-hint" className={classes['hint']}>
        {hint}
      </p>
      <EntryButton isPrimary isBusy={isPending}>
        {label}
      </EntryButton>
      <p className={classes['hint']}>
        <button type="button" className={classes['switch']} onClick={swap}>
          {other}
        </button>
      </p>
      <p className={classes['hint']}>
        <button type="button" className={classes['switch']} onClick={onAgain}>
          Start again with the password
        </button>
      </p>
    </form>
  )
}
