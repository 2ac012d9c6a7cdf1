import type { RoleDetails } from '@packline/contract/roles.ts'
import { useMutation } from '@tanstack/react-query'
import { forgetRemoved, remove } from '../../query-client.ts'
import { showBanner } from '../../ui/banner-shelf.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { deleteRole, refreshRoleLists, roleQueries } from './roles.queries.ts'

type DeleteRoleDialogProps = {
  role: RoleDetails
  isOpen: boolean
  onClose: () => void
  onDeleted: () => void
}

export function DeleteRoleDialog({ role, isOpen, onClose, onDeleted }: DeleteRoleDialogProps) {
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: () => remove(roleQueries.one(role.id).queryKey, () => deleteRole(role)),
    onSuccess: async () => {
      onClose()
      onDeleted()
      forgetRemoved(roleQueries.one(role.id).queryKey)
      showBanner({ text: `Role ${role.name} was deleted.` })
      await refreshRoleLists()
    },
  })
  const close = () => {
    reset()
    onClose()
  }
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={close}
      onConfirm={() => mutate()}
      title={`Delete the role ${role.name}?`}
      confirmLabel="Delete Role"
      isDangerous
      isBusy={isPending}
      error={error}
    >
      <p>A role that somebody holds, or that anything depends on, stays. This cannot be undone.</p>
    </ConfirmDialog>
  )
}
