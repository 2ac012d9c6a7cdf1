import { Button, Text } from '@mantine/core'
import type { openAccountStatus } from '@packline/contract/accounts.ts'
import type { AccountFeature } from '@packline/domain/accounts/features.ts'
import type { EnvironmentSupport } from '@packline/domain/environments/plan-create-environment.ts'
import { type ReactNode, type SubmitEvent, useId, useState } from 'react'
import type { output } from 'zod'
import { fieldProblems, isRefusal } from '../../lib/field-problems.ts'
import { DialogActions } from '../../ui/dialog-actions.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { FormErrors } from '../../ui/form-errors.tsx'
import { FeatureFields } from './feature-fields.tsx'
import { ManagedAccountFields } from './managed-account-fields.tsx'

export type ManagedAccountDraft = {
  name: string
  status: output<typeof openAccountStatus>
  environmentSupport: EnvironmentSupport
  legacyDeployment: boolean
  features: readonly AccountFeature[]
}

type ManagedAccountFormProps = {
  initial: ManagedAccountDraft
  submitLabel: string
  isBusy: boolean
  error: Error | null
  /** Instead of the refusal: somebody else was faster, and what to do about it. */
  conflict?: ReactNode
  onSubmit: (draft: ManagedAccountDraft & { features: AccountFeature[] }) => void
  onCancel: () => void
}

/** What a primary account decides about an account it manages, in a dialog. */
export function ManagedAccountForm(props: ManagedAccountFormProps) {
  const { initial, submitLabel, isBusy, error, conflict, onSubmit, onCancel } = props
  const [draft, setDraft] = useState(initial)
  const id = useId()
  const ids = { name: `${id}name`, environmentSupport: `${id}support`, features: `${id}features` }
  const refused = isRefusal(error) && !conflict ? fieldProblems(error, ids) : null
  const change = (part: Partial<ManagedAccountDraft>) => setDraft({ ...draft, ...part })

  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (!isBusy) onSubmit({ ...draft, features: [...draft.features] })
  }
  return (
    <form onSubmit={submit} noValidate>
      {conflict}
      <FormErrors errors={refused?.summary ?? []} />
      {error && !refused && !conflict && <ErrorState error={error} />}
      <ManagedAccountFields draft={draft} onChange={change} ids={ids} problems={refused?.byField ?? {}} />
      <FeatureFields
        id={ids.features}
        support={draft.environmentSupport}
        features={draft.features}
        problem={refused?.byField['features']}
        onChange={(features) => change({ features })}
      />
      <Text size="sm" c="dimmed" mt="md">
        * Required fields.
      </Text>
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
