import type { PackDeletionPreview, PackView } from '@packline/contract/integration-packs.ts'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { api } from '../../api.ts'
import { plural } from '../../lib/dates.ts'
import { PackChangedDialog } from '../../packs/pack-changed-dialog.tsx'
import { usePackWrite } from '../../packs/use-pack-write.ts'
import { askedWhile } from '../../query-client.ts'
import { showBanner } from '../../ui/banner-shelf.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { isCounted, Preview } from '../../ui/preview.tsx'

const previewQuery = (packId: string) =>
  queryOptions({
    queryKey: ['packs', packId, 'deletion-preview'],
    staleTime: 0,
    queryFn: ({ signal }) => api.previewPackDeletion(packId, signal),
  })

type DeletePackDialogProps = {
  isOpen: boolean
  pack: PackView
  onClose: () => void
  onDeleted: () => void | Promise<void>
}

/** Says in numbers what deleting the pack undoes everywhere. */
export function DeletePackDialog({ isOpen, pack, onClose, onDeleted }: DeletePackDialogProps) {
  const preview = useQuery({ ...previewQuery(pack.id), enabled: askedWhile(isOpen) })
  const deletion = usePackWrite({
    pack,
    act: 'delete',
    endsPack: true,
    send: (_input: null, options) => api.deletePack({ packId: pack.id, ...options }),
    onDone: () => {
      showBanner({ text: `The integration pack “${pack.name}” was deleted.` })
      return onDeleted()
    },
  })
  const close = () => {
    deletion.reset()
    onClose()
  }
  if (deletion.conflict) {
    return (
      <PackChangedDialog
        seen={deletion.conflict.seen}
        current={deletion.conflict.current}
        anywayLabel="Delete anyway"
        isBusy={deletion.isBusy}
        onAnyway={deletion.runAnyway}
        onKeepNewer={close}
      />
    )
  }
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={close}
      onConfirm={() => deletion.run(null)}
      title={`Delete “${pack.name}”?`}
      confirmLabel="Delete this integration pack"
      isDangerous
      isBusy={deletion.isBusy}
      isReady={isCounted(preview)}
      error={deletion.error}
    >
      <Preview query={preview} lastKnown={lastKnownOf(pack)}>
        {(numbers) => <DeletionNumbers preview={numbers} />}
      </Preview>
      <p>
        <strong>This cannot be undone.</strong>
      </p>
    </ConfirmDialog>
  )
}

const lastKnownOf = ({ installations, accounts, groups, scheduled }: PackView): PackDeletionPreview => ({
  installations,
  accounts,
  attachments: installations,
  groups: groups.length,
  hasScheduledRelease: scheduled !== null,
})

function DeletionNumbers({ preview }: { preview: PackDeletionPreview }) {
  const { installations, accounts, attachments, groups, hasScheduledRelease } = preview
  if (installations === 0 && groups === 0 && !hasScheduledRelease) {
    return <p>It is installed nowhere and shared with no account group.</p>
  }
  return (
    <ul>
      {installations > 0 && (
        <li>
          It is uninstalled from {plural(accounts, 'account')} ({plural(installations, 'installation')}).
        </li>
      )}
      {attachments > 0 && (
        <li>{plural(attachments, 'environment')} will stop running its processes: they are detached.</li>
      )}
      {groups > 0 && <li>It is taken out of {plural(groups, 'account group')}.</li>}
      {hasScheduledRelease && <li>Its scheduled release will not go out.</li>}
    </ul>
  )
}
