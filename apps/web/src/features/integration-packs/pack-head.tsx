import type { PackView } from '@packline/contract/integration-packs.ts'
import { packTypeTable } from '@packline/domain/packs/pack-type.ts'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { paths } from '../../paths.ts'
import { usePermission, useReaderZone } from '../../session.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { DetailsHead } from '../../ui/details-head.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { lazyDialog } from '../../ui/lazy-dialog.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { Moment } from '../../ui/moment.tsx'
import { PageTabs } from '../../ui/page-tabs.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { WhyNot } from '../../ui/why-not.tsx'
import { InstalledWhere } from './installed-where.tsx'
import classes from './pack-head.module.css'

const DeletePackDialog = lazyDialog(() =>
  import('./delete-pack-dialog.tsx').then((module) => module.DeletePackDialog),
)

const EditPackDialog = lazyDialog(() =>
  import('./edit-pack-dialog.tsx').then((module) => module.EditPackDialog),
)

/** Name, type and id of a pack, with the ways to change or delete it. */
export function PackHead({ pack }: { pack: PackView }) {
  const edit = usePermission('edit-pack')
  const remove = usePermission('delete-pack')
  const [open, setOpen] = useState<'edit' | 'delete' | null>(null)
  const zone = useReaderZone()
  const navigate = useNavigate()
  const close = () => setOpen(null)

  return (
    <>
      <DetailsHead
        id="pack-name"
        title={pack.name}
        links={
          <>
            {edit.kind === 'allowed' && <LinkButton onClick={() => setOpen('edit')}>Edit Details</LinkButton>}
            {remove.kind === 'allowed' && (
              <LinkButton onClick={() => setOpen('delete')}>Delete this integration pack</LinkButton>
            )}
          </>
        }
      />
      {pack.description !== '' && <p className={classes['description']}>{pack.description}</p>}
      {edit.kind === 'refused' && <WhyNot>{edit.sentence}</WhyNot>}
      <FactList
        facts={[
          ['Integration Pack Type:', packTypeTable[pack.type].label],
          [
            'Integration Pack ID:',
            <span key="id" className={classes['id']}>
              <code>{pack.id}</code> <CopyButton value={pack.id} what="Integration Pack ID" />
            </span>,
          ],
          ['Installed:', <InstalledWhere key="installed" {...pack} />],
          ['Shared with:', pack.groups.join(', ') || <NotShared isReleased={pack.current !== null} />],
          [
            'Changed:',
            <span key="changed">
              <Moment at={pack.changedAt} zone={zone} /> by {pack.changedByName}
            </span>,
          ],
        ]}
      />
      <PageTabs
        label={`Pages of ${pack.name}`}
        tabs={[
          { to: paths.pack(pack.id), label: 'Packaged Components' },
          { to: paths.releaseHistory(pack.id), label: 'Release history' },
        ]}
      />
      <EditPackDialog isOpen={open === 'edit'} pack={pack} onClose={close} />
      <DeletePackDialog
        isOpen={open === 'delete'}
        pack={pack}
        onClose={close}
        onDeleted={() => navigate(paths.packs(), { replace: true })}
      />
    </>
  )
}

/** A released pack in no group reaches nobody; one that is not released yet cannot be shared. */
function NotShared({ isReleased }: { isReleased: boolean }) {
  const share = usePermission('share-packs')
  if (!isReleased) return 'No account group yet: it can be shared once its first release is out'
  return (
    <>
      No account group, so nobody can install it.{' '}
      {share.kind === 'allowed' && (
        <TextLink to={paths.accountGroups()}>Share it through an account group</TextLink>
      )}
    </>
  )
}
