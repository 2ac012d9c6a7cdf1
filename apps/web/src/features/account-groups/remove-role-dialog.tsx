import type { AccountGroupView, SharedRole } from '@packline/contract/account-groups.ts'
import { useMutation } from '@tanstack/react-query'
import { plural } from '../../lib/dates.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { announce } from '../../ui/live-region.tsx'
import { changeGroup, refreshGroups } from './account-groups.queries.ts'

type RemoveRoleDialogProps = { group: AccountGroupView; role: SharedRole | null; onClose: () => void }

export function RemoveRoleDialog({ group, role, onClose }: RemoveRoleDialogProps) {
  const removal = useMutation({
    mutationFn: (roleId: string) => changeGroup('unshareRole', { groupId: group.id, roleId }),
    onSuccess: async () => {
      await refreshGroups()
      announce('Role removed')
      onClose()
    },
  })
  const users = role?.userCount ?? 0
  return (
    <ConfirmDialog
      isOpen={role !== null}
      onClose={() => {
        removal.reset()
        onClose()
      }}
      onConfirm={() => role && !removal.isPending && removal.mutate(role.id)}
      title={`Remove the role “${role?.name ?? ''}” from “${group.name}”?`}
      confirmLabel="Remove Role"
      isDangerous
      isBusy={removal.isPending}
      error={removal.error}
    >
      <p>The accounts of the group can give it to nobody any more.</p>
      {users > 0 && (
        <p>
          <strong>
            {plural(users, 'user')} of these accounts {users === 1 ? 'has' : 'have'} it through this group
            alone and {users === 1 ? 'loses' : 'lose'} it. This cannot be undone.
          </strong>
        </p>
      )}
    </ConfirmDialog>
  )
}
