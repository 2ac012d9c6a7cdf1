import type { InstallationView } from '@packline/contract/installations.ts'
import { useMutation, useQuery } from '@tanstack/react-query'
import { api } from '../../api.ts'
import { plural } from '../../lib/dates.ts'
import { sendOnce } from '../../lib/send-once.ts'
import { refreshManagedAccount } from '../../packs/managed-account.ts'
import { askedWhile, forgetRemoved, queryClient, remove } from '../../query-client.ts'
import { showBanner } from '../../ui/banner-shelf.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { isCounted } from '../../ui/preview.tsx'
import { DetachPreview } from './detach-preview.tsx'
import { installationQueries } from './installations.queries.ts'

type UninstallDialogProps = {
  isOpen: boolean
  installation: InstallationView
  onClose: () => void
  /** Leaves the page; what it showed is forgotten afterwards. */
  onUninstalled: () => void | Promise<void>
}

/** Asks before an installation goes from this account; its environments are detached first. */
export function UninstallDialog({ isOpen, installation, onClose, onUninstalled }: UninstallDialogProps) {
  const { id: installationId, name, attached, publisherName, isShared } = installation
  const environmentIds = attached.map(({ environmentId }) => environmentId)
  const isAttached = attached.length > 0
  const preview = useQuery({
    ...installationQueries.detachPreview(installationId, environmentIds),
    enabled: askedWhile(isOpen && isAttached),
  })
  const uninstalling = useMutation({
    mutationFn: () =>
      remove(installationQueries.one(installationId).queryKey, () =>
        sendOnce({ act: 'uninstall', installationId }, (idempotencyKey) =>
          api.uninstall({ installationId, idempotencyKey }),
        ),
      ),
    onSuccess: async () => {
      showBanner({ text: `“${name}” was uninstalled from this account.` })
      queryClient.setQueryData(installationQueries.list().queryKey, (before) =>
        before?.filter(({ id }) => id !== installationId),
      )
      await onUninstalled()
      forgetRemoved(installationQueries.one(installationId).queryKey)
      await refreshManagedAccount()
    },
  })
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={() => {
        uninstalling.reset()
        onClose()
      }}
      onConfirm={() => {
        if (!uninstalling.isPending) uninstalling.mutate()
      }}
      title={`Uninstall “${name}”?`}
      confirmLabel="OK"
      isDangerous
      isBusy={uninstalling.isPending}
      isReady={!isAttached || isCounted(preview)}
      error={uninstalling.error}
    >
      <p>
        {isAttached
          ? `It is detached from ${plural(attached.length, 'environment')} first; its processes no longer run there.`
          : 'It is attached to no environment.'}{' '}
        Then it is gone from this account. Other accounts are not touched.
      </p>
      {isOpen && isAttached && <DetachPreview preview={preview} count={attached.length} />}
      <p>
        {isShared
          ? 'You can install it again later. Its version then starts at 1.'
          : `It is no longer shared with this account: you cannot install it again unless ${publisherName} shares it again.`}
      </p>
    </ConfirmDialog>
  )
}
