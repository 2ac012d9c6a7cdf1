import type { InvitationView } from '@packline/contract/invitations.ts'
import { invitationDays } from '@packline/domain/accounts/link-limits.ts'
import { useMutation } from '@tanstack/react-query'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { announce } from '../../ui/live-region.tsx'
import { refreshUsers, resend } from './account-users.queries.ts'
import { LinkShown } from './link-shown.tsx'

type ResendDialogProps = { invitation: InvitationView | null; onClose: () => void }

/** A new link for an invitation; the old one dies. */
export function ResendDialog({ invitation, onClose }: ResendDialogProps) {
  const { mutate, isPending, error, data, reset } = useMutation({
    mutationFn: resend,
    onSuccess: async () => {
      await refreshUsers()
      announce('The invitation was sent again')
    },
  })
  const close = () => {
    onClose()
    reset()
  }
  if (data) {
    return (
      <Dialog isOpen onClose={close} title="Invitation sent again" size="lg">
        <LinkShown
          email={data.invitation.email}
          isMailed={data.isMailed}
          link={data.link}
          lifetime={`${invitationDays} days`}
          ifLost="Send the invitation once more."
          onDone={close}
        />
      </Dialog>
    )
  }
  return (
    <ConfirmDialog
      isOpen={invitation !== null}
      onClose={close}
      onConfirm={() => invitation && mutate(invitation.id)}
      title="Send the invitation again?"
      confirmLabel="Send Again"
      isBusy={isPending}
      error={error}
    >
      <p>
        {invitation?.email} gets a new link that works for {invitationDays} days. The old one stops working.
      </p>
    </ConfirmDialog>
  )
}
