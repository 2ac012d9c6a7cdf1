import type { EnvironmentView } from '@packline/contract/environments.ts'
import { useMutation } from '@tanstack/react-query'
import { api } from '../../api.ts'
import { sendOnce } from '../../lib/send-once.ts'
import { refreshManagedAccount } from '../../packs/managed-account.ts'
import { forgetRemoved, remove } from '../../query-client.ts'
import { showBanner } from '../../ui/banner-shelf.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { environmentQueries } from './atoms.queries.ts'

type DeleteEnvironmentDialogProps = {
  isOpen: boolean
  environment: EnvironmentView
  onClose: () => void
  /** Leaves the page; what it showed is forgotten afterwards. */
  onDeleted: () => void | Promise<void>
}

/** Asks before an environment goes. Whether packs are attached is checked after OK, as Atoms were before. */
export function DeleteEnvironmentDialog(props: DeleteEnvironmentDialogProps) {
  const { isOpen, environment, onClose, onDeleted } = props
  const { id: environmentId, name } = environment
  const deleting = useMutation({
    mutationFn: () =>
      remove(environmentQueries.one(environmentId).queryKey, () =>
        sendOnce({ act: 'delete environment', environmentId }, (idempotencyKey) =>
          api.deleteEnvironment({ environmentId, idempotencyKey }),
        ),
      ),
    onSuccess: async () => {
      showBanner({ text: `The environment “${name}” was deleted.` })
      await onDeleted()
      forgetRemoved(environmentQueries.one(environmentId).queryKey)
      await refreshManagedAccount()
    },
  })
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={() => {
        deleting.reset()
        onClose()
      }}
      onConfirm={() => {
        if (!deleting.isPending) deleting.mutate()
      }}
      title={`Delete the environment “${name}”?`}
      confirmLabel="OK"
      isDangerous
      isBusy={deleting.isPending}
      error={deleting.error}
    >
      <p>
        It has no Atoms. <strong>This cannot be undone.</strong>
      </p>
    </ConfirmDialog>
  )
}
