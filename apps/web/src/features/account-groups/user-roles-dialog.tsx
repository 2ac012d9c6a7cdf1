import type { AccountGroupView, GroupUser } from '@packline/contract/account-groups.ts'
import { Button, Checkbox } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { fieldProblems, isRefusal } from '../../lib/field-problems.ts'
import { useSaveSeen } from '../../lib/use-save-seen.ts'
import { etagOf } from '../../request.ts'
import { Conflict } from '../../ui/conflict.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { DialogActions } from '../../ui/dialog-actions.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { FormErrors } from '../../ui/form-errors.tsx'
import { Loading } from '../../ui/loading.tsx'
import { announce } from '../../ui/live-region.tsx'
import classes from './account-groups.module.css'
import { changeGroup, groupQueries, refreshGroups } from './account-groups.queries.ts'
import { type ChosenUser, UserField } from './user-field.tsx'
import { privilegesInWords } from './role-words.ts'

type UserRolesProps = {
  group: AccountGroupView
  /** Whose roles are maintained; null adds somebody. */
  user: GroupUser | null
  onClose: () => void
}

/** Add/Maintain User Roles. */
export function UserRolesDialog({ isOpen, ...form }: UserRolesProps & { isOpen: boolean }) {
  return (
    <Dialog isOpen={isOpen} onClose={form.onClose} title="Add/Maintain User Roles" size="lg">
      <UserRolesForm {...form} />
    </Dialog>
  )
}

const ids = { email: 'group-user-email', roleIds: 'group-user-roles' }

function UserRolesForm({ group, user, onClose }: UserRolesProps) {
  const [person, setPerson] = useState<ChosenUser | null>(user)
  const [roleIds, setRoleIds] = useState<ReadonlySet<string>>(new Set(user?.roles.map(({ id }) => id)))
  const [isNobody, setNobody] = useState(false)
  const roles = useQuery(groupQueries.roleChoices(group.id))
  const saving = useSaveSeen({
    // Adding somebody takes nothing away that another one has saved.
    etag: user && etagOf(group.version),
    send: ({ userId, email }: ChosenUser, ifMatch) => {
      const chosen = [...roleIds].toSorted()
      return user === null
        ? changeGroup('addGroupUser', { groupId: group.id }, { email, roleIds: chosen })
        : changeGroup('editGroupUser', { groupId: group.id, userId }, { roleIds: chosen }, ifMatch)
    },
    onSaved: async () => {
      await refreshGroups()
      announce('User roles saved')
      onClose()
    },
  })
  const refused = isRefusal(saving.error) ? fieldProblems(saving.error, ids) : null
  const errors = isNobody
    ? [{ fieldId: ids.email, message: 'Choose a user first.' }]
    : (refused?.summary ?? [])
  return (
    <form
      noValidate
      className={classes['fields']}
      onSubmit={(event) => {
        event.preventDefault()
        setNobody(person === null)
        if (person !== null) saving.save(person)
      }}
    >
      <FormErrors errors={errors} />
      {saving.error && !refused && <ErrorState error={saving.error} />}
      {saving.conflict && (
        <Conflict
          message={saving.conflict.message}
          isBusy={saving.isSaving}
          onKeepNewer={() => {
            onClose()
            void refreshGroups()
          }}
          onAnyway={saving.conflict.saveAnyway}
        />
      )}
      {user === null && (
        <UserField
          id={ids.email}
          groupId={group.id}
          value={person}
          onChange={(chosen) => {
            setNobody(false)
            setPerson(chosen)
          }}
        />
      )}
      {person && (
        <FactList
          facts={[
            ['E-mail', person.email],
            ['First Name', person.firstName || 'Not given'],
            ['Last Name', person.lastName || 'Not given'],
          ]}
        />
      )}
      {roles.error && <ErrorState error={roles.error} onRetry={() => void roles.refetch()} />}
      {roles.isPending && <Loading lines={5} />}
      {roles.data && (
        <Checkbox.Group
          label="Roles"
          description="Several roles unite."
          withAsterisk
          value={[...roleIds]}
          onChange={(next) => setRoleIds(new Set(next))}
          error={refused?.byField['roleIds']}
        >
          <ul id={ids.roleIds} tabIndex={-1} className={classes['choices']}>
            {roles.data.map((role) => (
              <li key={role.id}>
                <Checkbox value={role.id} label={role.name} description={privilegesInWords(role)} />
              </li>
            ))}
          </ul>
        </Checkbox.Group>
      )}
      <DialogActions>
        <Button type="submit" loading={saving.isSaving}>
          OK
        </Button>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
      </DialogActions>
    </form>
  )
}
