import type { AccountGroupView } from '@packline/contract/account-groups.ts'
import { useMutation, useQuery } from '@tanstack/react-query'
import { plural } from '../../lib/dates.ts'
import { askedWhile, forgetRemoved, remove } from '../../query-client.ts'
import { showBanner } from '../../ui/banner-shelf.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { deleteGroup, groupKey, groupQueries, refreshGroups } from './account-groups.queries.ts'
import { isCounted } from '../../ui/preview.tsx'
import { Consequences } from './removal-consequences.tsx'

type DeleteGroupDialogProps = {
  isOpen: boolean
  group: AccountGroupView
  onClose: () => void
  onDeleted: () => void
}

export function DeleteGroupDialog({ isOpen, group, onClose, onDeleted }: DeleteGroupDialogProps) {
  const preview = useQuery({ ...groupQueries.deletionPreview(group.id), enabled: askedWhile(isOpen) })
  const deletion = useMutation({
    mutationFn: () => remove(groupKey(group.id), () => deleteGroup(group)),
    onSuccess: () => {
      showBanner({ text: `The account group “${group.name}” was deleted.` })
      onDeleted()
      forgetRemoved(groupKey(group.id))
      void refreshGroups(group.id)
    },
  })
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={() => {
        deletion.reset()
        onClose()
      }}
      onConfirm={() => !deletion.isPending && deletion.mutate()}
      title={`Delete “${group.name}”?`}
      confirmLabel="Delete Account Group"
      isDangerous
      isBusy={deletion.isPending}
      isReady={isCounted(preview)}
      error={deletion.error}
    >
      <p>
        Its {plural(group.packCount, 'integration pack')} {group.packCount === 1 ? 'is' : 'are'} no longer
        shared through it with its {plural(group.accountCount, 'account')}. The accounts and the packs
        themselves stay.
      </p>
      <Consequences preview={preview} />
    </ConfirmDialog>
  )
}
