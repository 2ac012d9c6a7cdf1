import type { AtomView } from '@packline/contract/atoms.ts'
import { atomTypeTable } from '@packline/domain/atoms/atom-status.ts'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { api } from '../../api.ts'
import { sendOnce } from '../../lib/send-once.ts'
import { paths } from '../../paths.ts'
import { usePermission } from '../../session.ts'
import { DetailsHead } from '../../ui/details-head.tsx'
import type { WithETag } from '../../request.ts'
import { lazyDialog } from '../../ui/lazy-dialog.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { AtomStatusBadge } from './atom-words.tsx'
import { useWhyClosed } from './atoms.queries.ts'
import { NameDialog } from './name-dialog.tsx'

const RemoveAtomDialog = lazyDialog(() =>
  import('./remove-atom-dialog.tsx').then((module) => module.RemoveAtomDialog),
)
const TokenDialog = lazyDialog(() => import('./token-dialog.tsx').then((module) => module.TokenDialog))

/** Name and status of an Atom, with the ways to rename, install and remove it. */
export function AtomHead({ atom }: { atom: WithETag<AtomView> }) {
  const edit = usePermission('edit-atom')
  const [open, setOpen] = useState<'rename' | 'install' | 'remove' | null>(null)
  const navigate = useNavigate()
  const close = () => setOpen(null)
  const { id: atomId, isForeignCloud, type } = atom
  const kind = atomTypeTable[type].label
  const mayChange = useWhyClosed(atom.environmentId) === null && edit.kind === 'allowed' && !isForeignCloud
  return (
    <>
      <DetailsHead
        id="atom-name"
        title={atom.name}
        mark={<AtomStatusBadge atom={atom} />}
        links={
          mayChange && (
            <>
              <LinkButton onClick={() => setOpen('rename')}>Rename</LinkButton>
              <LinkButton onClick={() => setOpen('install')}>New install command</LinkButton>
              <LinkButton onClick={() => setOpen('remove')}>Remove {kind}</LinkButton>
            </>
          )
        }
      />
      <NameDialog
        isOpen={open === 'rename'}
        title={`Rename the ${kind}`}
        label="Name"
        initial={atom.name}
        submitLabel="Save"
        doneText="The name was saved"
        etag={atom.etag}
        send={(name, ifMatch) =>
          sendOnce({ act: 'rename atom', atomId, name, ifMatch }, (idempotencyKey) =>
            api.editAtom({ atomId, idempotencyKey, ifMatch }, { name }),
          )
        }
        onDone={close}
        onClose={close}
      />
      <TokenDialog isOpen={open === 'install'} atom={atom} onClose={close} />
      <RemoveAtomDialog
        isOpen={open === 'remove'}
        atom={atom}
        onClose={close}
        onRemoved={() => navigate(paths.atomManagement(), { replace: true })}
      />
    </>
  )
}
