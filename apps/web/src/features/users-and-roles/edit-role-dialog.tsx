import type { RoleDetails } from '@packline/contract/roles.ts'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { type ApiProblem, hasCode } from '../../lib/api-problem.ts'
import { refreshSession } from '../../session-query.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { announce } from '../../ui/live-region.tsx'
import { Conflict } from '../../ui/conflict.tsx'
import { type RoleDraft, RoleForm } from './role-form.tsx'
import { editRole, refreshRoles } from './roles.queries.ts'

type EditRoleDialogProps = { role: RoleDetails; isOpen: boolean; onClose: () => void }

export function EditRoleDialog({ role, isOpen, onClose }: EditRoleDialogProps) {
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title="Edit Role" size="lg">
      {isOpen && <EditRoleForm role={role} onClose={onClose} />}
    </Dialog>
  )
}

function EditRoleForm({ role, onClose }: Omit<EditRoleDialogProps, 'isOpen'>) {
  // As it was when the dialog opened: what is read anew behind it does not change what was decided on.
  const [seen] = useState(role)
  const { id } = seen
  const { mutate, isPending, error, variables } = useMutation({
    mutationFn: ({ draft, version }: { draft: RoleDraft; version: number }) =>
      editRole({ id, version }, draft),
    onSuccess: async () => {
      // Whoever edits a role may hold it.
      await Promise.all([refreshRoles(), refreshSession()])
      announce('Role saved')
      onClose()
    },
  })
  const isConflict = hasCode(error, 'role-changed')
  return (
    <RoleForm
      roleId={id}
      initial={draftOf(seen)}
      given={seen.privileges}
      submitLabel="Save"
      isBusy={isPending}
      error={error}
      {...(isConflict && {
        conflict: (
          <Conflict
            message={error.message}
            now={`It is now called ${currentOf(error).name}.`}
            isBusy={isPending}
            onKeepNewer={() => {
              onClose()
              void refreshRoles()
            }}
            onAnyway={() =>
              variables && mutate({ draft: variables.draft, version: currentOf(error).version })
            }
          />
        ),
      })}
      onSubmit={(draft) => mutate({ draft, version: isConflict ? currentOf(error).version : seen.version })}
      onCancel={onClose}
    />
  )
}

/** What is the role's own: ticked, and not given by its parent. */
const draftOf = ({ name, description, parent, privileges, inherited }: RoleDetails): RoleDraft => ({
  name,
  description,
  parentRoleId: parent?.id ?? null,
  privileges: privileges.filter((one) => !inherited.includes(one)),
})

/** The refusal brings the role along as it is now. */
function currentOf({ details: { current } }: ApiProblem): { name: string; version: number } {
  if (typeof current === 'object' && current !== null && 'name' in current && 'version' in current) {
    const { name, version } = current
    if (typeof name === 'string' && typeof version === 'number') return { name, version }
  }
  throw new Error('The refusal did not say what the role is like now')
}
