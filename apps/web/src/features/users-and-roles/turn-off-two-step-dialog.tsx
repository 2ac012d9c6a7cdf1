import type { AccountUserView } from '@packline/contract/account-users.ts'
import { useMutation } from '@tanstack/react-query'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { announce } from '../../ui/live-region.tsx'
import { refreshUsers, turnOffTwoStepOf } from './account-users.queries.ts'
import { nameOf } from './user-words.tsx'

type TurnOffTwoStepDialogProps = { user: AccountUserView; isOpen: boolean; onClose: () => void }

/** For somebody who has lost their phone and their recovery codes. */
export function TurnOffTwoStepDialog({ user, isOpen, onClose }: TurnOffTwoStepDialogProps) {
  const name = nameOf(user)
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: () => turnOffTwoStepOf(user.id),
    onSuccess: async () => {
      onClose()
      announce(`Two-step sign-in of ${name} turned off`)
      await refreshUsers()
    },
  })
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={() => {
        onClose()
        reset()
      }}
      onConfirm={() => !isPending && mutate()}
      title={`Turn off two-step sign-in of ${name}?`}
      confirmLabel="Turn Off"
      isDangerous
      isBusy={isPending}
      error={error}
    >
      <p>
        For somebody who has lost both their phone and their recovery codes. Make sure that it is {name} who
        asks: afterwards the password alone signs them in. All of their sessions end.
      </p>
    </ConfirmDialog>
  )
}
