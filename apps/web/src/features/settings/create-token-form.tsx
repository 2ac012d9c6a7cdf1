import { Button, NativeSelect, TextInput } from '@mantine/core'
import type { Privilege } from '@packline/domain/access/privileges.ts'
import { type TokenLifetime, tokenLifetimes } from '@packline/domain/api-tokens/plan-create-token.ts'
import { type SubmitEvent, useState } from 'react'
import { hasCode } from '../../lib/api-problem.ts'
import { isRefusal } from '../../lib/field-problems.ts'
import { DialogActions } from '../../ui/dialog-actions.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { FormErrors } from '../../ui/form-errors.tsx'
import { ScopeFields } from './scope-fields.tsx'
import classes from './settings.module.css'

type Draft = { name: string; lifetimeDays: TokenLifetime; scopes: Privilege[] | null }
type CreateTokenFormProps = {
  isBusy: boolean
  error: Error | null
  onSubmit: (draft: Draft) => void
  onCancel: () => void
}

const ids = { name: 'token-name', scopes: 'token-scopes' }

export function CreateTokenForm({ isBusy, error, onSubmit, onCancel }: CreateTokenFormProps) {
  const [draft, setDraft] = useState<Draft>({ name: '', lifetimeDays: 90, scopes: null })
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part })
  const refused = isRefusal(error) ? { fieldId: fieldOf(error), message: error.message } : null
  const problemOf = (id: string) => (refused?.fieldId === id ? refused.message : undefined)
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (!isBusy) onSubmit(draft)
  }
  return (
    <form onSubmit={submit} noValidate className={classes['dialog']}>
      <FormErrors errors={refused ? [refused] : []} />
      {error && !refused && <ErrorState error={error} />}
      <TextInput
        id={ids.name}
        label="Name"
        description="What it is for, so that you know later which one to revoke."
        value={draft.name}
        error={problemOf(ids.name)}
        autoComplete="off"
        data-autofocus
        onChange={({ currentTarget: { value } }) => change({ name: value })}
      />
      <NativeSelect
        label="Expires"
        value={String(draft.lifetimeDays)}
        data={tokenLifetimes.map((days) => ({ value: String(days), label: lifetimeText(days) }))}
        onChange={({ currentTarget: { value } }) =>
          change({ lifetimeDays: tokenLifetimes.find((days) => String(days) === value) ?? null })
        }
      />
      <ScopeFields
        id={ids.scopes}
        scopes={draft.scopes}
        problem={problemOf(ids.scopes)}
        onChange={(scopes) => change({ scopes })}
      />
      <DialogActions>
        <Button type="submit" loading={isBusy}>
          Make token
        </Button>
        <Button variant="default" disabled={isBusy} onClick={onCancel}>
          Cancel
        </Button>
      </DialogActions>
    </form>
  )
}

const lifetimeText = (days: TokenLifetime) =>
  days === null ? 'Never: until it is revoked' : days === 365 ? 'After a year' : `After ${days} days`

const fieldOf = (error: Error) =>
  hasCode(error, 'token-scopes-empty', 'token-scope-not-held', 'token-scope-unknown') ? ids.scopes : ids.name
