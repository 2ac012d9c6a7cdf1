import { useMutation } from '@tanstack/react-query'
import { Dialog } from '../../ui/dialog.tsx'
import { announce } from '../../ui/live-region.tsx'
import { type RoleDraft, RoleForm } from './role-form.tsx'
import { createRole, refreshRoles } from './roles.queries.ts'

const empty: RoleDraft = { name: '', description: '', parentRoleId: null, privileges: [] }

type CreateRoleDialogProps = { isOpen: boolean; onClose: () => void; onCreated: (roleId: string) => void }

export function CreateRoleDialog({ isOpen, onClose, onCreated }: CreateRoleDialogProps) {
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: createRole,
    onSuccess: async ({ id, name }) => {
      await refreshRoles()
      announce(`Role ${name} added`)
      onClose()
      onCreated(id)
    },
  })
  const close = () => {
    reset()
    onClose()
  }
  return (
    <Dialog isOpen={isOpen} onClose={close} title="Add Role" size="lg" isBusy={isPending}>
      {isOpen && (
        <RoleForm
          initial={empty}
          given={[]}
          submitLabel="Add Role"
          isBusy={isPending}
          error={error}
          onSubmit={mutate}
          onCancel={close}
        />
      )}
    </Dialog>
  )
}
