import { Button, PasswordInput, TextInput } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import { isRefusal } from '../../lib/field-problems.ts'
import { DialogActions } from '../../ui/dialog-actions.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { FormErrors } from '../../ui/form-errors.tsx'
import classes from './settings.module.css'

export type Proof = { password: string; code: string }

type ProofFormProps = {
  /** What is asked for, in this order. */
  asksFor: readonly (keyof Proof)[]
  codeHint: string
  submitLabel: string
  isBusy: boolean
  error: Error | null
  onSubmit: (proof: Proof) => void
  onCancel: () => void
}

const ids = { password: 'proof-password', code: 'proof-code' }

/** Asks for the password, a code or both, to show that it is the user who changes how they sign in. */
export function ProofForm({
  asksFor,
  codeHint,
  submitLabel,
  isBusy,
  error,
  onSubmit,
  onCancel,
}: ProofFormProps) {
  const [proof, setProof] = useState<Proof>({ password: '', code: '' })
  const refused = isRefusal(error) ? { fieldId: ids[asksFor[0] ?? 'code'], message: error.message } : null
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (!isBusy) onSubmit(proof)
  }
  return (
    <form onSubmit={submit} className={classes['dialog']}>
      <FormErrors errors={refused ? [refused] : []} />
      {error && !refused && <ErrorState error={error} />}
      {asksFor.includes('password') && (
        <PasswordInput
          id={ids.password}
          label="Password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          data-autofocus={asksFor[0] === 'password' ? true : undefined}
          value={proof.password}
          onChange={({ currentTarget: { value } }) => setProof({ ...proof, password: value })}
        />
      )}
      {asksFor.includes('code') && (
        <TextInput
          id={ids.code}
          label="Code"
          description={codeHint}
          autoComplete="one-time-code"
          inputMode={asksFor.includes('password') ? 'text' : 'numeric'}
          spellCheck={false}
          required
          withAsterisk={false}
          value={proof.code}
          onChange={({ currentTarget: { value } }) => setProof({ ...proof, code: value })}
        />
      )}
      <DialogActions>
        <Button type="submit" loading={isBusy}>
          {submitLabel}
        </Button>
        <Button variant="default" disabled={isBusy} onClick={onCancel}>
          Cancel
        </Button>
      </DialogActions>
    </form>
  )
}
