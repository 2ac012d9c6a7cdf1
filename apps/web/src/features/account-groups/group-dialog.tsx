import type { AccountGroupView } from '@packline/contract/account-groups.ts'
import {
  alertLevelHelp,
  alertLevelTable,
  type AlertLevel,
} from '@packline/domain/account-groups/alert-level.ts'
import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { hasCode } from '../../lib/api-problem.ts'
import { fieldProblems, isRefusal } from '../../lib/field-problems.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { DialogActions } from '../../ui/dialog-actions.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { FormErrors } from '../../ui/form-errors.tsx'
import { announce } from '../../ui/live-region.tsx'
import classes from './account-groups.module.css'
import { refreshGroups, saveGroup } from './account-groups.queries.ts'
import { GroupChanged } from './group-changed.tsx'

type GroupFormProps = {
  /** The group to edit; null adds one. */
  group: AccountGroupView | null
  onClose: () => void
  onSaved: (group: AccountGroupView) => void
}

/** Add / Edit Account Group. */
export function GroupDialog({ isOpen, ...form }: GroupFormProps & { isOpen: boolean }) {
  return (
    <Dialog
      isOpen={isOpen}
      onClose={form.onClose}
      title={form.group ? 'Edit Account Group' : 'Add Account Group'}
    >
      <GroupForm {...form} />
    </Dialog>
  )
}

const ids = { name: 'group-name', autoSubscribeAlertLevel: 'group-alert-level' }
const levels = Object.entries(alertLevelTable).map(([value, { label }]) => ({ value, label }))
const isLevel = (text: string): text is AlertLevel => Object.hasOwn(alertLevelTable, text)

function GroupForm({ group, onClose, onSaved }: GroupFormProps) {
  const [name, setName] = useState(group?.name ?? '')
  const [level, setLevel] = useState<AlertLevel>(group?.autoSubscribeAlertLevel ?? 'NONE')
  const saving = useMutation({
    mutationFn: (seen: AccountGroupView | null) => saveGroup(seen, { name, autoSubscribeAlertLevel: level }),
    onSuccess: async (saved) => {
      await refreshGroups()
      announce(`Account group ${saved.name} saved`)
      onSaved(saved)
    },
  })
  const { error } = saving
  const isConflict = hasCode(error, 'account-group-changed')
  const refused = isRefusal(error) && !isConflict ? fieldProblems(error, ids) : null
  return (
    <form
      noValidate
      className={classes['fields']}
      onSubmit={(event) => {
        event.preventDefault()
        if (!saving.isPending) saving.mutate(group)
      }}
    >
      {refused && <FormErrors errors={refused.summary} />}
      {error && !refused && !isConflict && <ErrorState error={error} />}
      {isConflict && group && (
        <GroupChanged
          error={error}
          seen={group}
          isBusy={saving.isPending}
          onAnyway={saving.mutate}
          onKeepNewer={onClose}
        />
      )}
      <TextInput
        id={ids.name}
        label="Group Name"
        withAsterisk
        required
        data-autofocus
        value={name}
        disabled={group?.isDefault === true}
        {...(group?.isDefault === true && { description: 'All Accounts keeps its name.' })}
        error={refused?.byField['name']}
        onChange={({ currentTarget: { value } }) => setName(value)}
      />
      <NativeSelect
        id={ids.autoSubscribeAlertLevel}
        label="Auto Subscribe Alert Level"
        description={alertLevelHelp}
        value={level}
        error={refused?.byField['autoSubscribeAlertLevel']}
        onChange={({ currentTarget: { value } }) => isLevel(value) && setLevel(value)}
        data={levels}
      />
      <DialogActions>
        <Button type="submit" loading={saving.isPending}>
          OK
        </Button>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
      </DialogActions>
    </form>
  )
}
