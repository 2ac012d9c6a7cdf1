import type { AccountGroupView } from '@packline/contract/account-groups.ts'
import { useMutation, useQuery } from '@tanstack/react-query'
import { plural } from '../../lib/dates.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { announce } from '../../ui/live-region.tsx'
import { changeGroup, groupQueries, refreshGroups } from './account-groups.queries.ts'
import { isCounted } from '../../ui/preview.tsx'
import { Consequences } from './removal-consequences.tsx'

type RemovePacksDialogProps = {
  isOpen: boolean
  group: AccountGroupView
  /** Names by id. */
  packs: ReadonlyMap<string, string>
  onClose: () => void
  onRemoved: () => void
}

export function RemovePacksDialog({ isOpen, group, packs, onClose, onRemoved }: RemovePacksDialogProps) {
  const packIds = [...packs.keys()].toSorted()
  const preview = useQuery({ ...groupQueries.unshare(group.id, packIds), enabled: isOpen })
  const removal = useMutation({
    mutationFn: () => changeGroup('unsharePacks', { groupId: group.id }, { packIds }),
    onSuccess: async () => {
      await refreshGroups()
      announce(`${plural(packIds.length, 'integration pack')} removed`)
      onRemoved()
    },
  })
  const [onlyName] = packs.values()
  const what = packs.size === 1 ? `“${onlyName}”` : plural(packs.size, 'integration pack')
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={() => {
        removal.reset()
        onClose()
      }}
      onConfirm={() => !removal.isPending && removal.mutate()}
      title={`Remove ${what} from “${group.name}”?`}
      confirmLabel={packs.size === 1 ? 'Remove Integration Pack' : 'Remove Integration Packs'}
      isDangerous
      isBusy={removal.isPending}
      isReady={isCounted(preview)}
      error={removal.error}
    >
      <p>Through this group nobody can install {packs.size === 1 ? 'it' : 'them'} any more.</p>
      <Consequences preview={preview} />
      <p>Sharing again later brings what is installed to the release that is current then.</p>
    </ConfirmDialog>
  )
}
