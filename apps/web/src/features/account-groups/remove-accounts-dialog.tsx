import type { AccountGroupView } from '@packline/contract/account-groups.ts'
import { useMutation, useQuery } from '@tanstack/react-query'
import { plural } from '../../lib/dates.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { announce } from '../../ui/live-region.tsx'
import { changeGroup, groupQueries, refreshGroups } from './account-groups.queries.ts'
import { isCounted } from '../../ui/preview.tsx'
import { Consequences } from './removal-consequences.tsx'

type RemoveAccountsDialogProps = {
  isOpen: boolean
  group: AccountGroupView
  accountIds: readonly string[]
  onClose: () => void
  onRemoved: () => void
}

export function RemoveAccountsDialog({
  isOpen,
  group,
  accountIds,
  onClose,
  onRemoved,
}: RemoveAccountsDialogProps) {
  const accounts = plural(accountIds.length, 'account')
  const preview = useQuery({ ...groupQueries.accountRemoval(group.id, accountIds), enabled: isOpen })
  const removal = useMutation({
    mutationFn: () => changeGroup('removeGroupAccounts', { groupId: group.id }, { accountIds }),
    onSuccess: async () => {
      await refreshGroups()
      announce(`${accounts} removed`)
      onRemoved()
    },
  })
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={() => {
        removal.reset()
        onClose()
      }}
      onConfirm={() => !removal.isPending && removal.mutate()}
      title={`Remove ${accounts} from “${group.name}”?`}
      confirmLabel={accountIds.length === 1 ? 'Remove Account' : 'Remove Accounts'}
      isDangerous
      isBusy={removal.isPending}
      isReady={isCounted(preview)}
      error={removal.error}
    >
      <p>They no longer see what only this group shares with them: it cannot be installed there any more.</p>
      <Consequences preview={preview} />
    </ConfirmDialog>
  )
}
