import { Button, Text } from '@mantine/core'
import { type SubmitEvent, useId, useState } from 'react'
import { DialogActions } from '../../ui/dialog-actions.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { FormErrors } from '../../ui/form-errors.tsx'
import { type ComponentDraft, ComponentFields } from './component-fields.tsx'
import { fieldProblem, summaryOf } from './component-words.ts'

type ComponentFormProps = {
  initial: ComponentDraft
  isNew: boolean
  submitLabel: string
  isBusy: boolean
  error: unknown
  onSubmit: (draft: ComponentDraft) => void
  onCancel: () => void
}

/** Name, type and folder of a component, in a dialog. */
export function ComponentForm({
  initial,
  isNew,
  submitLabel,
  isBusy,
  error,
  onSubmit,
  onCancel,
}: ComponentFormProps) {
  const [draft, setDraft] = useState(initial)
  const id = useId()
  const ids = { name: `${id}name`, folder: `${id}folder`, route: `${id}route` }
  const problem = fieldProblem(error)

  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (!isBusy) onSubmit(draft)
  }
  return (
    <form onSubmit={submit} noValidate>
      <FormErrors errors={summaryOf(problem, ids)} />
      {error !== null && error !== undefined && !problem && <ErrorState error={error} />}
      <ComponentFields
        draft={draft}
        onChange={(change) => setDraft({ ...draft, ...change })}
        ids={ids}
        problem={problem}
        isNew={isNew}
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
