import type { PackageView } from '@packline/contract/packaged-components.ts'
import { useMutation } from '@tanstack/react-query'
import { showBanner } from '../../ui/banner-shelf.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { nameOf } from './package-words.ts'
import { deletePackage, refreshPackages, restorePackage } from './packages.queries.ts'

type PackageDialogProps = { one: PackageView | null; onClose: () => void }

export function DeletePackageDialog({ one, onClose }: PackageDialogProps) {
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: ({ id }: PackageView) => deletePackage(id),
    onSuccess: async (_answer, deleted) => {
      await refreshPackages()
      onClose()
      showBanner({
        text: `${nameOf(deleted)} was deleted.`,
        action: {
          label: 'Undo',
          run: async () => {
            await restorePackage(deleted.id)
            await refreshPackages()
          },
        },
      })
    },
  })
  const close = () => {
    reset()
    onClose()
  }
  return (
    <ConfirmDialog
      isOpen={one !== null}
      onClose={close}
      onConfirm={() => one && mutate(one)}
      title="Delete Packaged Component"
      confirmLabel="Delete Packaged Component"
      isDangerous
      isBusy={isPending}
      error={error}
    >
      {one && (
        <p>
          <strong>{nameOf(one)}</strong> can then no longer be deployed or put into integration packs. Its
          version stays taken, and it can be restored at any time.
        </p>
      )}
    </ConfirmDialog>
  )
}
