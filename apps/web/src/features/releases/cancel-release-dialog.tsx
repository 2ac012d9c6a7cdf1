import type { PackView } from '@packline/contract/integration-packs.ts'
import type { ReleaseSummary } from '@packline/contract/releases.ts'
import { cancelReasonLimit } from '@packline/domain/releases/plan-cancel.ts'
import { countCharacters } from '@packline/domain/text/clean-text.ts'
import { Button, Textarea } from '@mantine/core'
import { useState } from 'react'
import { api } from '../../api.ts'
import { isRefusal } from '../../lib/field-problems.ts'
import { formatCount, formatDay, plural } from '../../lib/dates.ts'
import { PackChangedDialog } from '../../packs/pack-changed-dialog.tsx'
import { usePackWrite } from '../../packs/use-pack-write.ts'
import { showBanner } from '../../ui/banner-shelf.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { DialogActions } from '../../ui/dialog-actions.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { FormErrors } from '../../ui/form-errors.tsx'

const reasonId = 'cancel-reason'

type CancelReleaseDialogProps = {
  isOpen: boolean
  pack: PackView
  scheduled: ReleaseSummary
  onClose: () => void
}

/** Withdraws a scheduled release, with a reason (D-1). */
export function CancelReleaseDialog({ isOpen, onClose, ...about }: CancelReleaseDialogProps) {
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title="Cancel the scheduled release?">
      <CancelReleaseForm onClose={onClose} {...about} />
    </Dialog>
  )
}

function CancelReleaseForm({ pack, scheduled, onClose }: Omit<CancelReleaseDialogProps, 'isOpen'>) {
  const [reason, setReason] = useState('')
  const day = formatDay(scheduled.releaseOn ?? '')
  const cancelling = usePackWrite({
    pack,
    act: `cancel ${scheduled.id}`,
    send: (text: string, options) =>
      api.cancelRelease({ releaseId: scheduled.id, ...options }, { reason: text }),
    onDone: () => {
      showBanner({ text: `Release ${scheduled.sequence} of “${pack.name}” on ${day} was cancelled.` })
      onClose()
    },
  })
  const refusal = isRefusal(cancelling.error) ? cancelling.error : null
  const left = cancelReasonLimit - countCharacters(reason)
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        cancelling.run(reason)
      }}
    >
      <FormErrors errors={refusal ? [{ fieldId: reasonId, message: refusal.message }] : []} />
      {cancelling.error && !refusal && <ErrorState error={cancelling.error} />}
      <p>
        Release {scheduled.sequence} will not go out on {day}. The pack stays on its current release
        {scheduled.updated > 0 &&
          `, and the ${plural(scheduled.updated, 'environment')} that had applied it early ${scheduled.updated === 1 ? 'goes' : 'go'} back to it`}
        .
      </p>
      <Textarea
        id={reasonId}
        label="Reason"
        description={`The managed accounts will read it. ${left >= 0 ? `${formatCount(left)} of ${cancelReasonLimit} characters left` : `${plural(-left, 'character')} too many`}`}
        required
        rows={3}
        data-autofocus
        value={reason}
        error={refusal?.code.startsWith('cancel-reason') === true ? refusal.message : undefined}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <DialogActions>
        <Button type="submit" color="red.9" loading={cancelling.isBusy}>
          Cancel the release
        </Button>
        <Button variant="default" onClick={onClose}>
          Keep it scheduled
        </Button>
      </DialogActions>
      {cancelling.conflict && (
        <PackChangedDialog
          seen={cancelling.conflict.seen}
          current={cancelling.conflict.current}
          anywayLabel="Cancel the release anyway"
          isBusy={cancelling.isBusy}
          onAnyway={cancelling.runAnyway}
          onKeepNewer={onClose}
        />
      )}
    </form>
  )
}
