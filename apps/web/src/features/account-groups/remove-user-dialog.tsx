import type { AccountGroupView, GroupUser } from '@packline/contract/account-groups.ts'
import { useMutation } from '@tanstack/react-query'
import { plural } from '../../lib/dates.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { announce } from '../../ui/live-region.tsx'
import { changeGroup, refreshGroups } from './account-groups.queries.ts'
import { nameOf } from './person-name.ts'

type RemoveUserDialogProps = {
  isOpen: boolean
  group: AccountGroupView
  user: GroupUser | null
  onClose: () => void
}

export function RemoveUserDialog({ isOpen, group, user, onClose }: RemoveUserDialogProps) {
  const name = user ? nameOf(user) : ''
  const removal = useMutation({
    mutationFn: (userId: string) => changeGroup('removeGroupUser', { groupId: group.id, userId }),
    onSuccess: async () => {
      await refreshGroups()
      announce(`${name} removed`)
      onClose()
    },
  })
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={() => {
        removal.reset()
        onClose()
      }}
      onConfirm={() => user && !removal.isPending && removal.mutate(user.userId)}
      title={`Remove ${name} from “${group.name}”?`}
      confirmLabel="Remove User"
      isDangerous
      isBusy={removal.isPending}
      error={removal.error}
    >
      <p>
        {name} can no longer work in the {plural(group.accountCount, 'account')} of this group through it.
        Where nothing else gives them access, their API tokens for these accounts are revoked.
      </p>
    </ConfirmDialog>
  )
}
