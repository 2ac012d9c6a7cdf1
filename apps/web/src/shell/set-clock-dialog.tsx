import { Button, Group, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import { api } from '../api.ts'
import { formatInstant } from '../lib/dates.ts'
import { Dialog } from '../ui/dialog.tsx'
import { DialogActions } from '../ui/dialog-actions.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { announce } from '../ui/live-region.tsx'

type SetClockDialogProps = { now: Date; timeZone: string; onClose: () => void; onSet: () => Promise<void> }

const steps = [
  ['1 hour on', 3600],
  ['1 day on', 86_400],
  ['1 week on', 604_800],
] as const

/** Date and time are entered in UTC, so that the browser has no zone to convert from. */
export function SetClockDialog({ now, timeZone, onClose, onSet }: SetClockDialogProps) {
  const [text, setText] = useState(() => now.toISOString().slice(0, 16))
  const chosen = Number.isNaN(Date.parse(`${text}Z`)) ? null : new Date(`${text}Z`)
  const { mutate, isPending, error } = useMutation({
    mutationFn: api.setClock,
    onSuccess: async (clock) => {
      await onSet()
      announce(`The demo clock shows ${formatInstant(clock.now, timeZone)}`)
      onClose()
    },
  })
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (chosen && !isPending) mutate(chosen.toISOString())
  }
  const jump = (seconds: number) =>
    setText(new Date((chosen ?? now).getTime() + seconds * 1000).toISOString().slice(0, 16))
  return (
    <Dialog isOpen onClose={onClose} title="Set the demo clock" isBusy={isPending}>
      <form onSubmit={submit}>
        <TextInput
          type="datetime-local"
          label="Date and time in UTC"
          description="The clock runs on from there. Releases whose window it reaches or passes go out."
          required
          withAsterisk={false}
          min="2000-01-01T00:00"
          max="2099-12-31T23:59"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          data-autofocus
        />
        <Group gap="xs" mt="xs">
          {steps.map(([label, seconds]) => (
            <Button key={label} variant="default" size="compact-sm" onClick={() => jump(seconds)}>
              {label}
            </Button>
          ))}
        </Group>
        <p>
          {chosen ? (
            <>
              That is <strong>{formatInstant(chosen, timeZone)}</strong> in {timeZone}.
            </>
          ) : (
            'Enter a date and a time.'
          )}
        </p>
        {error && <ErrorState error={error} />}
        <DialogActions>
          <Button type="submit" loading={isPending}>
            Set the clock
          </Button>
          <Button variant="default" disabled={isPending} onClick={onClose}>
            Cancel
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
