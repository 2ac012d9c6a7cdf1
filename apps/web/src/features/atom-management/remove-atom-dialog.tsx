import type { AtomView } from '@packline/contract/atoms.ts'
import { atomTypeTable } from '@packline/domain/atoms/atom-status.ts'
import { useMutation } from '@tanstack/react-query'
import { api } from '../../api.ts'
import { sendOnce } from '../../lib/send-once.ts'
import { refreshManagedAccount } from '../../packs/managed-account.ts'
import { forgetRemoved, remove } from '../../query-client.ts'
import { showBanner } from '../../ui/banner-shelf.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { atomQueries } from './atoms.queries.ts'

type RemoveAtomDialogProps = {
  isOpen: boolean
  atom: AtomView
  onClose: () => void /** Leaves the page; what it showed is forgotten afterwards. */
  onRemoved: () => void | Promise<void>
}

export function RemoveAtomDialog({ isOpen, atom, onClose, onRemoved }: RemoveAtomDialogProps) {
  const { id: atomId, name, environmentName } = atom
  const kind = atomTypeTable[atom.type].label
  const removing = useMutation({
    mutationFn: () =>
      remove(atomQueries.one(atomId).queryKey, () =>
        sendOnce({ act: 'remove atom', atomId }, (idempotencyKey) =>
          api.removeAtom({ atomId, idempotencyKey }),
        ),
      ),
    onSuccess: async () => {
      showBanner({ text: `The ${kind} “${name}” was removed.` })
      await onRemoved()
      forgetRemoved(atomQueries.one(atomId).queryKey)
      await refreshManagedAccount()
    },
  })
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={() => {
        removing.reset()
        onClose()
      }}
      onConfirm={() => {
        if (!removing.isPending) removing.mutate()
      }}
      title={`Remove the ${kind} “${name}”?`}
      confirmLabel="OK"
      isDangerous
      isBusy={removing.isPending}
      error={removing.error}
    >
      <p>
        {environmentName === null
          ? 'It is in no environment.'
          : `It leaves the environment ${environmentName}; nothing runs on it any more.`}{' '}
        Its credentials stop working at once. The installed program ends by itself and can then be deleted
        from its machine.
      </p>
      <p>
        <strong>This cannot be undone.</strong>
      </p>
    </ConfirmDialog>
  )
}
