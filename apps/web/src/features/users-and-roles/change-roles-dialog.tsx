import { Button } from '@mantine/core'
import type { AccountUserView } from '@packline/contract/account-users.ts'
import { useMutation } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { hasCode } from '../../lib/api-problem.ts'
import { fieldProblems, isRefusal } from '../../lib/field-problems.ts'
import type { WithETag } from '../../request.ts'
import { refreshSession } from '../../session-query.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { DialogActions } from '../../ui/dialog-actions.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { FormErrors } from '../../ui/form-errors.tsx'
import { announce } from '../../ui/live-region.tsx'
import { changeRoles, refreshUsers } from './account-users.queries.ts'
import { Conflict } from '../../ui/conflict.tsx'
import { RoleChoice } from './role-choice.tsx'
import { labelsOf, nameOf } from './user-words.tsx'

type ChangeRolesDialogProps = { user: WithETag<AccountUserView>; isOpen: boolean; onClose: () => void }

export function ChangeRolesDialog({ user, isOpen, onClose }: ChangeRolesDialogProps) {
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={`Roles of ${nameOf(user)}`} size="lg">
      {isOpen && <ChangeRolesForm user={user} onClose={onClose} />}
    </Dialog>
  )
}

function ChangeRolesForm({ user, onClose }: Omit<ChangeRolesDialogProps, 'isOpen'>) {
  const id = useId()
  // As they were when the dialog opened: what is read anew behind it does not change what was decided on.
  const [seen] = useState(user)
  const held = seen.roles.map((role) => role.id)
  const [roleIds, setRoleIds] = useState(held)
  const { mutate, isPending, error } = useMutation({
    mutationFn: (etag: string | null) => changeRoles({ userId: seen.id, etag }, roleIds),
    onSuccess: async () => {
      await Promise.all([refreshUsers(), seen.isYou && refreshSession()])
      announce('Roles saved')
      onClose()
    },
  })
  const isConflict = hasCode(error, 'user-changed')
  const refused = isRefusal(error) && !isConflict ? fieldProblems(error, { roleIds: id }) : null
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!isPending) mutate(seen.etag)
      }}
    >
      {isConflict && (
        <Conflict
          message={error.message}
          now={`They are: ${currentRolesOf(error.details)}.`}
          isBusy={isPending}
          onKeepNewer={() => {
            onClose()
            void refreshUsers()
          }}
          onAnyway={() => mutate(null)}
        />
      )}
      <FormErrors errors={refused?.summary ?? []} />
      {error && !refused && !isConflict && <ErrorState error={error} />}
      <RoleChoice
        id={id}
        chosen={roleIds}
        held={held}
        problem={refused?.byField['roleIds']}
        onChange={setRoleIds}
      />
      <DialogActions>
        <Button type="submit" loading={isPending}>
          Save
        </Button>
        <Button variant="default" disabled={isPending} onClick={onClose}>
          Cancel
        </Button>
      </DialogActions>
    </form>
  )
}

/** The refusal brings the user along as they are now. */
function currentRolesOf({ current }: Record<string, unknown>): string {
  const roles =
    typeof current === 'object' && current !== null && 'roles' in current ? current.roles : undefined
  return Array.isArray(roles) ? labelsOf(roles.filter(isLabelled)) : ''
}

const isLabelled = (value: unknown): value is { label: string } =>
  typeof value === 'object' && value !== null && 'label' in value && typeof value.label === 'string'
