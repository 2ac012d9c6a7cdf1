import { useMutation } from '@tanstack/react-query'
import { api } from '../../api.ts'
import { useSession } from '../../session.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { announce } from '../../ui/live-region.tsx'
import { ProofForm } from './proof-form.tsx'
import { refreshTwoStep } from './settings.queries.ts'

export function TurnOffTwoStepDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: api.turnOffTwoStep,
    onSuccess: async () => {
      onClose()
      announce('Two-step sign-in is off. All other sessions have ended.')
      await refreshTwoStep()
    },
  })
  const { account } = useSession()
  const close = () => {
    reset()
    onClose()
  }
  return (
    <Dialog isOpen={isOpen} onClose={close} title="Turn off two-step sign-in" isBusy={isPending}>
      <p>Afterwards your password alone signs you in. Every other session of yours ends.</p>
      <p>
        In an account that requires two-step sign-in{account.requiresTwoStep && `, as ${account.name} does,`}{' '}
        you can then do nothing until you turn it on again.
      </p>
      <ProofForm
        asksFor={['password', 'code']}
        codeHint="Of your authenticator app, or a recovery code."
        submitLabel="Turn off"
        isBusy={isPending}
        error={error}
        onSubmit={mutate}
        onCancel={close}
      />
    </Dialog>
  )
}
