import { Button, Checkbox, Stack, Text, TextInput } from '@mantine/core'
import {
  type WebhookEvent,
  webhookEvents,
  webhookEventTable,
} from '@packline/domain/webhooks/webhook-event.ts'
import { type ReactNode, type SubmitEvent, useId, useState } from 'react'
import { fieldProblems, isRefusal } from '../../lib/field-problems.ts'
import { DialogActions } from '../../ui/dialog-actions.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { FormErrors } from '../../ui/form-errors.tsx'

export type WebhookDraft = { url: string; description: string; events: WebhookEvent[] }

type WebhookFormProps = {
  initial: WebhookDraft
  submitLabel: string
  isBusy: boolean
  error: Error | null
  /** Instead of the refusal: somebody else was faster, and what to do about it. */
  conflict?: ReactNode
  onSubmit: (draft: WebhookDraft) => void
  onCancel: () => void
}

/** Where to call, what about, and a note for those who look after it. */
export function WebhookForm(props: WebhookFormProps) {
  const { initial, submitLabel, isBusy, error, conflict, onSubmit, onCancel } = props
  const [draft, setDraft] = useState(initial)
  const id = useId()
  const ids = { url: `${id}url`, description: `${id}description`, events: `${id}events` }
  const refused = isRefusal(error) && !conflict ? fieldProblems(error, ids) : null
  const change = (part: Partial<WebhookDraft>) => setDraft({ ...draft, ...part })
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (!isBusy) onSubmit(draft)
  }
  return (
    <form onSubmit={submit} noValidate>
      {conflict}
      <FormErrors errors={refused?.summary ?? []} />
      {error && !refused && !conflict && <ErrorState error={error} />}
      <Stack gap="md">
        <TextInput
          id={ids.url}
          label="Address"
          description="Called with POST when something happens. It must be reachable from the internet."
          type="url"
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          withAsterisk
          required
          value={draft.url}
          error={refused?.byField['url']}
          onChange={({ currentTarget: { value } }) => change({ url: value })}
          data-autofocus
        />
        <TextInput
          id={ids.description}
          label="Description"
          value={draft.description}
          error={refused?.byField['description']}
          onChange={({ currentTarget: { value } }) => change({ description: value })}
        />
        <EventFields
          id={ids.events}
          events={draft.events}
          problem={refused?.byField['events']}
          onChange={(events) => change({ events })}
        />
      </Stack>
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

type EventFieldsProps = {
  /** Of the first check box, for the summary of errors. */
  id: string
  events: readonly WebhookEvent[]
  problem: string | undefined
  onChange: (events: WebhookEvent[]) => void
}

function EventFields({ id, events, problem, onChange }: EventFieldsProps) {
  return (
    <Checkbox.Group
      label="Events"
      withAsterisk
      value={[...events]}
      error={problem}
      onChange={(names) => onChange(webhookEvents.filter((event) => names.includes(event)))}
    >
      <Stack gap="xs" mt="xs">
        {webhookEvents.map((event, place) => (
          <Checkbox
            key={event}
            {...(place === 0 && { id })}
            value={event}
            label={event}
            description={sentenceOf(event)}
          />
        ))}
      </Stack>
    </Checkbox.Group>
  )
}

function sentenceOf(event: WebhookEvent) {
  const words = webhookEventTable[event]
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`
}
