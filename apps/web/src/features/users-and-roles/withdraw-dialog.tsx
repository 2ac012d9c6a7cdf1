import type { InvitationView } from '@packline/contract/invitations.ts'
import { useMutation } from '@tanstack/react-query'
import { showBanner } from '../../ui/banner-shelf.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { refreshUsers, withdraw } from './account-users.queries.ts'

type WithdrawDialogProps = { invitation: InvitationView | null; onClose: () => void }

export function WithdrawDialog({ invitation, onClose }: WithdrawDialogProps) {
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: ({ id }: InvitationView) => withdraw(id),
    onSuccess: async (_done, { email }) => {
      await refreshUsers()
      onClose()
      showBanner({ text: `The invitation of ${email} was withdrawn.` })
    },
  })
  const close = () => {
    onClose()
    reset()
  }
  return (
    <ConfirmDialog
      isOpen={invitation !== null}
      onClose={close}
      onConfirm={() => invitation && mutate(invitation)}
      title="Withdraw the invitation?"
      confirmLabel="Withdraw"
      isDangerous
      isBusy={isPending}
      error={error}
    >
      <p>The link that {invitation?.email} has stops working. You can invite them again at any time.</p>
    </ConfirmDialog>
  )
}
