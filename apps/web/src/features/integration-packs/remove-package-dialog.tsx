import type { PackRowView, PackView } from '@packline/contract/integration-packs.ts'
import { useEffect, useState } from 'react'
import { api } from '../../api.ts'
import { sendOnce } from '../../lib/send-once.ts'
import { PackChangedDialog } from '../../packs/pack-changed-dialog.tsx'
import { refreshPacks } from '../../packs/pack-queries.ts'
import { usePackWrite } from '../../packs/use-pack-write.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { showRemovalBanner } from './removal-banner.ts'

type RemovePackageDialogProps = { pack: PackView; row: PackRowView | null; onClose: () => void }

/** Asks before a package is removed; afterwards a banner offers to take it back. */
export function RemovePackageDialog({ pack, row, onClose }: RemovePackageDialogProps) {
  const removal = usePackWrite({
    pack,
    act: 'remove',
    send: ({ componentId }: PackRowView, options) =>
      api.removePackage({ packId: pack.id, componentId, ...options }),
    onDone: (changed, { componentId, componentName }) => {
      showRemovalBanner({
        packName: pack.name,
        componentId,
        componentName,
        undo: () => undo(changed, componentId),
      })
      onClose()
    },
  })
  // The dialog keeps its words while it closes.
  const [shown, setShown] = useState(row)
  useEffect(() => {
    if (row) setShown(row)
  }, [row])
  const close = () => {
    removal.reset()
    onClose()
  }

  if (removal.conflict) {
    return (
      <PackChangedDialog
        seen={removal.conflict.seen}
        current={removal.conflict.current}
        anywayLabel="Remove anyway"
        isBusy={removal.isBusy}
        onAnyway={removal.runAnyway}
        onKeepNewer={close}
      />
    )
  }
  return (
    <ConfirmDialog
      isOpen={row !== null}
      onClose={close}
      onConfirm={() => row && removal.run(row)}
      title={`Remove ${shown?.componentName ?? ''} from the pack?`}
      confirmLabel="OK"
      isBusy={removal.isBusy}
      error={removal.error}
    >
      <p>
        {shown?.current
          ? 'Consumers keep running it until the next release; then it is gone for them, too. Until then you can undelete it.'
          : 'It was never released, so no consumer has it. It disappears from the pack with the next release; until then you can undelete it.'}
      </p>
    </ConfirmDialog>
  )
}

async function undo({ id: packId, version }: PackView, componentId: string) {
  await sendOnce({ act: 'undo removal', packId, version, componentId }, (idempotencyKey) =>
    api.undeletePackage({ packId, componentId, idempotencyKey }),
  )
  await refreshPacks()
}
