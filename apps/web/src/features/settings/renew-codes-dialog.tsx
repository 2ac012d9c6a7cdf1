import { useMutation } from '@tanstack/react-query'
import { api } from '../../api.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { announce } from '../../ui/live-region.tsx'
import { ProofForm } from './proof-form.tsx'
import { RecoveryCodesShown } from './recovery-codes-shown.tsx'
import { refreshTwoStep } from './settings.queries.ts'

/** Makes other recovery codes, then shows them: once, and until the dialog is closed. */
export function RenewCodesDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { mutate, isPending, error, data, reset } = useMutation({
    mutationFn: api.renewRecoveryCodes,
    // Not kept beside the dialog: nothing else has any use for them.
    gcTime: 0,
    onSuccess: async () => {
      announce('New recovery codes made. They are shown once.')
      await refreshTwoStep()
    },
  })
  const close = () => {
    reset()
    onClose()
  }
  return (
    <Dialog isOpen={isOpen} onClose={close} title="New recovery codes" size="lg" isBusy={isPending}>
      {data ? (
        <RecoveryCodesShown codes={data.recoveryCodes} onDone={close} />
      ) : (
        <>
          <p>The recovery codes you have now work no more afterwards.</p>
          <ProofForm
            asksFor={['password', 'code']}
            codeHint="Of your authenticator app, or a recovery code."
            submitLabel="Make codes"
            isBusy={isPending}
            error={error}
            onSubmit={mutate}
            onCancel={close}
          />
        </>
      )}
    </Dialog>
  )
}
