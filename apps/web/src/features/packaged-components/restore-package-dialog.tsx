import type { PackageView } from '@packline/contract/packaged-components.ts'
import { useMutation } from '@tanstack/react-query'
import { showBanner } from '../../ui/banner-shelf.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { nameOf } from './package-words.ts'
import { refreshPackages, restorePackage } from './packages.queries.ts'

type PackageDialogProps = { one: PackageView | null; onClose: () => void }

export function RestorePackageDialog({ one, onClose }: PackageDialogProps) {
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: ({ id }: PackageView) => restorePackage(id),
    onSuccess: async (_answer, restored) => {
      await refreshPackages()
      onClose()
      showBanner({ text: `${nameOf(restored)} was restored.` })
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
      title="Restore Packaged Component"
      confirmLabel="Restore Packaged Component"
      isBusy={isPending}
      error={error}
    >
      {one && (
        <p>
          <strong>{nameOf(one)}</strong> becomes active again
          {one.shareable === true && ', and integration packs can take it'}.
        </p>
      )}
    </ConfirmDialog>
  )
}
