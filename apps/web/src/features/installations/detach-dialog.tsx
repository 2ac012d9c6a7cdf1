import type { AttachmentView, InstallationView } from '@packline/contract/installations.ts'
import { useMutation, useQuery } from '@tanstack/react-query'
import { api } from '../../api.ts'
import { plural } from '../../lib/dates.ts'
import { sendOnce } from '../../lib/send-once.ts'
import { refreshManagedAccount } from '../../packs/managed-account.ts'
import { askedWhile, forgetRemoved, remove } from '../../query-client.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { announce } from '../../ui/live-region.tsx'
import { isCounted } from '../../ui/preview.tsx'
import { DetachPreview } from './detach-preview.tsx'
import { installationQueries } from './installations.queries.ts'

type DetachDialogProps = {
  isOpen: boolean
  installation: InstallationView
  environments: readonly AttachmentView[]
  onClose: () => void
  onDetached: () => void
}

/** Asks before environments are detached, and warns where an early apply would be lost (D-18). */
export function DetachDialog(props: DetachDialogProps) {
  const { isOpen, installation, environments, onClose, onDetached } = props
  const environmentIds = environments.map(({ environmentId }) => environmentId)
  const previews = installationQueries.detachPreviews(installation.id)
  const preview = useQuery({
    ...installationQueries.detachPreview(installation.id, environmentIds),
    enabled: askedWhile(isOpen),
  })
  const detaching = useMutation({
    // What it is about is no longer attached then, and cannot be looked at again.
    mutationFn: () =>
      remove(previews, () =>
        sendOnce({ act: 'detach', installationId: installation.id, environmentIds }, (idempotencyKey) =>
          api.detach({ installationId: installation.id, idempotencyKey }, { environmentIds }),
        ),
      ),
    onSuccess: async () => {
      const count = environmentIds.length
      onDetached()
      forgetRemoved(previews)
      await refreshManagedAccount()
      announce(`Unattached from ${plural(count, 'environment')}`)
    },
  })
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={() => {
        detaching.reset()
        onClose()
      }}
      onConfirm={() => {
        if (!detaching.isPending) detaching.mutate()
      }}
      title={`Unattach “${installation.name}” from ${plural(environments.length, 'environment')}?`}
      confirmLabel="OK"
      isBusy={detaching.isPending}
      isReady={isCounted(preview)}
      error={detaching.error}
    >
      <p>Its processes no longer run there, and the Atoms drop its content.</p>
      {isOpen && <DetachPreview preview={preview} count={environments.length} />}
    </ConfirmDialog>
  )
}
