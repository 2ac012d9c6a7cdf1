import type { AccountGroupView, SharedRole } from '@packline/contract/account-groups.ts'
import { Button, Checkbox } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Dialog } from '../../ui/dialog.tsx'
import { DialogActions } from '../../ui/dialog-actions.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { FormErrors } from '../../ui/form-errors.tsx'
import { Loading } from '../../ui/loading.tsx'
import { announce } from '../../ui/live-region.tsx'
import classes from './account-groups.module.css'
import { changeGroup, groupQueries, refreshGroups } from './account-groups.queries.ts'
import { privilegesInWords } from './role-words.ts'

type AddRolesProps = { group: AccountGroupView; shared: readonly SharedRole[]; onClose: () => void }

export function AddRolesDialog({ isOpen, ...form }: AddRolesProps & { isOpen: boolean }) {
  return (
    <Dialog isOpen={isOpen} onClose={form.onClose} title="Add Roles">
      <AddRolesForm {...form} />
    </Dialog>
  )
}

const listId = 'roles-to-share'

function AddRolesForm({ group, shared, onClose }: AddRolesProps) {
  const [chosen, setChosen] = useState<string[]>([])
  const [isNothing, setNothing] = useState(false)
  const choices = useQuery(groupQueries.roleChoices(group.id))
  const offered = choices.data?.filter(
    ({ id, isDefault }) => !isDefault && !shared.some((role) => role.id === id),
  )
  const sharing = useMutation({
    mutationFn: () => changeGroup('shareRoles', { groupId: group.id }, { roleIds: chosen.toSorted() }),
    onSuccess: async () => {
      await refreshGroups()
      announce('Roles added')
      onClose()
    },
  })
  return (
    <form
      noValidate
      className={classes['fields']}
      onSubmit={(event) => {
        event.preventDefault()
        setNothing(chosen.length === 0)
        if (chosen.length > 0 && !sharing.isPending) sharing.mutate()
      }}
    >
      {isNothing && <FormErrors errors={[{ fieldId: listId, message: 'Select at least one role.' }]} />}
      {sharing.error && <ErrorState error={sharing.error} />}
      {choices.error && <ErrorState error={choices.error} onRetry={() => void choices.refetch()} />}
      {choices.isPending && <Loading lines={3} />}
      {offered?.length === 0 && (
        <p>There is no custom role that this group does not have. Add roles under Roles first.</p>
      )}
      {offered && offered.length > 0 && (
        <Checkbox.Group
          label="Custom roles"
          value={chosen}
          onChange={(next) => {
            setNothing(false)
            setChosen(next)
          }}
        >
          <ul id={listId} tabIndex={-1} className={classes['choices']}>
            {offered.map((role) => (
              <li key={role.id}>
                <Checkbox value={role.id} label={role.name} description={privilegesInWords(role)} />
              </li>
            ))}
          </ul>
        </Checkbox.Group>
      )}
      <DialogActions>
        {offered?.length !== 0 && (
          <Button type="submit" loading={sharing.isPending}>
            OK
          </Button>
        )}
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
      </DialogActions>
    </form>
  )
}
