import type { ManagedAccountView } from '@packline/contract/accounts.ts'
import { useMutation } from '@tanstack/react-query'
import { plural } from '../../lib/dates.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { announce } from '../../ui/live-region.tsx'
import { refreshManagedAccounts, switchSuspension } from './account-setup.queries.ts'
import { statusTable } from './account-words.tsx'

type SuspensionDialogProps = { account: ManagedAccountView; isOpen: boolean; onClose: () => void }

/** Asks before nobody can work in an account any more, or before everybody can again. */
export function SuspensionDialog({ account, isOpen, onClose }: SuspensionDialogProps) {
  const { name, status, suspendedFrom, userCount, environmentCount } = account
  const act = status === 'suspended' ? 'reactivate' : 'suspend'
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: () => switchSuspension(act, account),
    onSuccess: async () => {
      announce(act === 'suspend' ? `${name} is suspended` : `${name} is active again`)
      onClose()
      await refreshManagedAccounts()
    },
  })
  const close = () => {
    reset()
    onClose()
  }
  const places = plural(environmentCount, 'environment')
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={close}
      onConfirm={() => !isPending && mutate()}
      title={act === 'suspend' ? `Suspend ${name}?` : `Reactivate ${name}?`}
      confirmLabel={act === 'suspend' ? 'Suspend Account' : 'Reactivate Account'}
      isDangerous={act === 'suspend'}
      isBusy={isPending}
      error={error}
    >
      {act === 'suspend' ? (
        <p>
          From this moment nobody can work in the account: neither {plural(userCount, 'user')} of its own, nor
          those who come through an account group, nor API tokens. What runs in its {places} goes on running;
          releases wait for its Atoms until you reactivate it.
        </p>
      ) : (
        <p>
          The account is {statusTable[suspendedFrom ?? 'active'].label.toLowerCase()} again: its users and API
          tokens work, and the Atoms in its {places} catch up with what was released meanwhile.
        </p>
      )}
    </ConfirmDialog>
  )
}
