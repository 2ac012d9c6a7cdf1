import type { AccountGroupView } from '@packline/contract/account-groups.ts'
import { Button, NativeSelect } from '@mantine/core'
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { paths } from '../../paths.ts'
import { usePermission } from '../../session.ts'
import { lazyDialog } from '../../ui/lazy-dialog.tsx'
import { WhyNot } from '../../ui/why-not.tsx'
import classes from './account-groups.module.css'

const DeleteGroupDialog = lazyDialog(() =>
  import('./delete-group-dialog.tsx').then((module) => module.DeleteGroupDialog),
)
const GroupDialog = lazyDialog(() => import('./group-dialog.tsx').then((module) => module.GroupDialog))

type GroupBarProps = { groups: readonly AccountGroupView[]; group: AccountGroupView | undefined }

/** Chooses the group that is shown; adds, edits and deletes groups. */
export function GroupBar({ groups, group }: GroupBarProps) {
  const navigate = useNavigate()
  const permission = usePermission('edit-account-groups')
  const [open, setOpen] = useState<'add' | 'edit' | 'delete' | null>(null)
  const close = () => setOpen(null)
  const show = (groupId: string) => void navigate(paths.accountGroup(groupId))
  return (
    <div className={classes['bar']}>
      <NativeSelect
        className={classes['picker'] ?? ''}
        label="Account Group"
        value={group?.id ?? ''}
        onChange={({ currentTarget: { value } }) => value !== '' && show(value)}
        data={[
          ...(group ? [] : [{ value: '', label: 'Choose an account group' }]),
          ...groups.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      {permission.kind === 'refused' && <WhyNot>{permission.sentence}</WhyNot>}
      {permission.kind === 'allowed' && (
        <div className={classes['actions']}>
          <Button
            variant="default"
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => setOpen('add')}
          >
            Add Account Group
          </Button>
          {group && (
            <Button
              variant="default"
              leftSection={<IconPencil size={16} aria-hidden />}
              onClick={() => setOpen('edit')}
            >
              Edit
            </Button>
          )}
          {group && !group.isDefault && (
            <Button
              variant="default"
              leftSection={<IconTrash size={16} aria-hidden />}
              onClick={() => setOpen('delete')}
            >
              Delete
            </Button>
          )}
        </div>
      )}
      <GroupDialog
        isOpen={open === 'add' || open === 'edit'}
        group={open === 'edit' && group ? group : null}
        onClose={close}
        onSaved={({ id }) => {
          close()
          if (id !== group?.id) show(id)
        }}
      />
      {group && (
        <DeleteGroupDialog
          isOpen={open === 'delete'}
          group={group}
          onClose={close}
          onDeleted={() => void navigate(paths.accountGroups(), { replace: true })}
        />
      )}
    </div>
  )
}
