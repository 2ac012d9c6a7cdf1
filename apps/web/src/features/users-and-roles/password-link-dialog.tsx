import type { AccountUserView } from '@packline/contract/account-users.ts'
import { resetMinutes } from '@packline/domain/accounts/link-limits.ts'
import { useMutation } from '@tanstack/react-query'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { announce } from '../../ui/live-region.tsx'
import { sendPasswordLink } from './account-users.queries.ts'
import { LinkShown } from './link-shown.tsx'
import { nameOf } from './user-words.tsx'

type PasswordLinkDialogProps = { user: AccountUserView; isOpen: boolean; onClose: () => void }

/** Sends a user the link by which they set a new password. */
export function PasswordLinkDialog({ user, isOpen, onClose }: PasswordLinkDialogProps) {
  const { mutate, isPending, error, data, reset } = useMutation({
    mutationFn: () => sendPasswordLink(user.id),
    onSuccess: () => announce('The link was made'),
  })
  const close = () => {
    onClose()
    reset()
  }
  if (isOpen && data) {
    return (
      <Dialog isOpen onClose={close} title="Link for a new password" size="lg">
        <LinkShown
          {...data}
          lifetime={`${resetMinutes} minutes`}
          ifLost="Ask for another one."
          onDone={close}
        />
      </Dialog>
    )
  }
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={close}
      onConfirm={() => mutate()}
      title={`Send ${nameOf(user)} a password link?`}
      confirmLabel="Send Link"
      isBusy={isPending}
      error={error}
    >
      <p>
        By the link {user.email} sets a new password, once and within {resetMinutes} minutes. That ends all of
        their sessions and lifts a lock. Until then the old password stays.
      </p>
    </ConfirmDialog>
  )
}
