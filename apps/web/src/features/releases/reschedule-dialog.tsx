import type { PackView } from '@packline/contract/integration-packs.ts'
import type { ReleaseSummary } from '@packline/contract/releases.ts'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api.ts'
import { isRefusal } from '../../lib/field-problems.ts'
import { formatDay } from '../../lib/dates.ts'
import { PackChangedDialog } from '../../packs/pack-changed-dialog.tsx'
import { usePackWrite } from '../../packs/use-pack-write.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { DialogActions } from '../../ui/dialog-actions.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { FormErrors } from '../../ui/form-errors.tsx'
import { announce } from '../../ui/live-region.tsx'
import { Loading } from '../../ui/loading.tsx'
import { releaseDateId } from './field-ids.ts'
import { ReleaseDate } from './release-date.tsx'
import { releaseQueries } from './releases.queries.ts'

type RescheduleDialogProps = {
  isOpen: boolean
  pack: PackView
  scheduled: ReleaseSummary
  onClose: () => void
}

/** Gives the scheduled release another date, in the zone of whoever does it. */
export function RescheduleDialog({ isOpen, onClose, ...about }: RescheduleDialogProps) {
  // Escape closes the calendar first and the dialog after it.
  const [isCalendarOpen, setCalendarOpen] = useState(false)
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title="Reschedule the release"
      size="lg"
      isEscapeTaken={isCalendarOpen}
    >
      <RescheduleForm onClose={onClose} onCalendarOpen={setCalendarOpen} {...about} />
    </Dialog>
  )
}

type RescheduleFormProps = Omit<RescheduleDialogProps, 'isOpen'> & {
  onCalendarOpen: (isOpen: boolean) => void
}

function RescheduleForm({ pack, scheduled, onClose, onCalendarOpen }: RescheduleFormProps) {
  const [date, setDate] = useState(scheduled.releaseOn)
  const preview = useQuery(releaseQueries.preview(pack.id, date))
  const rescheduling = usePackWrite({
    pack,
    act: `reschedule ${scheduled.id}`,
    send: (releaseOn: string, options) =>
      api.reschedule({ releaseId: scheduled.id, ...options }, { releaseOn }),
    onDone: ({ releaseOn }) => {
      announce(`Release ${scheduled.sequence} was moved to ${formatDay(releaseOn ?? '')}`)
      onClose()
    },
  })
  const refusal = isRefusal(rescheduling.error) ? rescheduling.error : null
  const ownZone = preview.data?.timeZone ?? scheduled.timeZone

  if (preview.error && !preview.data) {
    return <ErrorState error={preview.error} onRetry={() => void preview.refetch()} />
  }
  if (!preview.data) return <Loading lines={4} />
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        rescheduling.run(date ?? '')
      }}
    >
      <FormErrors errors={refusal ? [{ fieldId: releaseDateId, message: refusal.message }] : []} />
      {rescheduling.error && !refusal && <ErrorState error={rescheduling.error} />}
      <p>
        Now scheduled for {formatDay(scheduled.releaseOn ?? '')}, {scheduled.timeZone}, by{' '}
        {scheduled.scheduledByName}.
      </p>
      {ownZone !== scheduled.timeZone && <p>The new date counts in your time zone, {ownZone}.</p>}
      <ReleaseDate
        preview={preview.data}
        isChecking={preview.isPlaceholderData}
        date={date}
        onChange={setDate}
        onCalendarOpen={onCalendarOpen}
      />
      {preview.data.timeZone !== null && (
        <DialogActions>
          <Button type="submit" loading={rescheduling.isBusy}>
            Reschedule
          </Button>
          <Button variant="default" onClick={onClose}>
            Keep the date
          </Button>
        </DialogActions>
      )}
      {rescheduling.conflict && (
        <PackChangedDialog
          seen={rescheduling.conflict.seen}
          current={rescheduling.conflict.current}
          anywayLabel="Reschedule anyway"
          isBusy={rescheduling.isBusy}
          onAnyway={rescheduling.runAnyway}
          onKeepNewer={onClose}
        />
      )}
    </form>
  )
}
