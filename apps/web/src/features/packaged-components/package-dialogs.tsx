import { ComparePackagesDialog } from './compare-packages-dialog.tsx'
import { DeletePackageDialog } from './delete-package-dialog.tsx'
import type { PackageAct } from './package-actions.tsx'
import { RestorePackageDialog } from './restore-package-dialog.tsx'

type PackageDialogsProps = { isOpen: boolean; act: PackageAct | null; onClose: () => void }

/** The dialogs that a row's gear opens. */
export function PackageDialogs({ act, onClose }: PackageDialogsProps) {
  const oneFor = (kind: PackageAct['kind']) => (act?.kind === kind ? act.one : null)
  return (
    <>
      <DeletePackageDialog one={oneFor('delete')} onClose={onClose} />
      <RestorePackageDialog one={oneFor('restore')} onClose={onClose} />
      <ComparePackagesDialog one={oneFor('compare')} onClose={onClose} />
    </>
  )
}
