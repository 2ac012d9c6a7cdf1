import type { EnvironmentView } from '@packline/contract/environments.ts'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { paths } from '../../paths.ts'
import { usePermission } from '../../session.ts'
import { DetailsHead } from '../../ui/details-head.tsx'
import type { WithETag } from '../../request.ts'
import { lazyDialog } from '../../ui/lazy-dialog.tsx'
import { LinkButton } from '../../ui/link-button.tsx'

const DeleteEnvironmentDialog = lazyDialog(() =>
  import('./delete-environment-dialog.tsx').then((module) => module.DeleteEnvironmentDialog),
)
const RenameEnvironmentDialog = lazyDialog(() =>
  import('./rename-environment-dialog.tsx').then((module) => module.RenameEnvironmentDialog),
)

/** Name of an environment, with the ways to rename and delete it. */
export function EnvironmentHead({ environment }: { environment: WithETag<EnvironmentView> }) {
  const edit = usePermission('edit-environment')
  const remove = usePermission('delete-environment')
  const [open, setOpen] = useState<'rename' | 'delete' | null>(null)
  const navigate = useNavigate()
  const close = () => setOpen(null)
  const { whyClosed, whyNotDeletable } = environment
  return (
    <>
      <DetailsHead
        id="environment-name"
        title={environment.name}
        links={
          whyClosed === null && (
            <>
              {edit.kind === 'allowed' && <LinkButton onClick={() => setOpen('rename')}>Rename</LinkButton>}
              {remove.kind === 'allowed' && whyNotDeletable === null && (
                <LinkButton onClick={() => setOpen('delete')}>Delete Environment</LinkButton>
              )}
            </>
          )
        }
      />
      <RenameEnvironmentDialog isOpen={open === 'rename'} environment={environment} onClose={close} />
      <DeleteEnvironmentDialog
        isOpen={open === 'delete'}
        environment={environment}
        onClose={close}
        onDeleted={() => navigate(paths.atomManagement(), { replace: true })}
      />
    </>
  )
}
