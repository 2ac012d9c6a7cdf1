import type { PackView } from '@packline/contract/integration-packs.ts'
import { packTypeTable } from '@packline/domain/packs/pack-type.ts'
import { UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { NavLink, useNavigate } from 'react-router'
import { plural } from '../../lib/dates.ts'
import { paths } from '../../paths.ts'
import { usePermission, useReaderZone } from '../../session.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { Moment } from '../../ui/moment.tsx'
import { WhyNot } from '../../ui/why-not.tsx'
import { DeletePackDialog } from './delete-pack-dialog.tsx'
import { EditPackDialog } from './edit-pack-dialog.tsx'
import classes from './pack-head.module.css'

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
      <div className={classes['head']}>
        <h2 id="pack-name" className={classes['name']}>
          {pack.name}
        </h2>
        <div className={classes['links']} data-no-print>
          {edit.kind === 'allowed' && (
            <UnstyledButton className={classes['link']} onClick={() => setOpen('edit')}>
              Edit Details
            </UnstyledButton>
          )}
          {remove.kind === 'allowed' && (
            <UnstyledButton className={classes['link']} onClick={() => setOpen('delete')}>
              Delete this integration pack
            </UnstyledButton>
          )}
        </div>
      </div>
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
          ['Installed:', installedText(pack)],
          ['Shared with:', pack.groups.join(', ') || 'No account group yet'],
          [
            'Changed:',
            <span key="changed">
              <Moment at={pack.changedAt} zone={zone} /> by {pack.changedByName}
            </span>,
          ],
        ]}
      />
      <nav aria-label={`Pages of ${pack.name}`} className={classes['tabs']} data-no-print>
        <NavLink end to={paths.pack(pack.id)}>
          Packaged Components
        </NavLink>
        <NavLink to={paths.releaseHistory(pack.id)}>Release history</NavLink>
      </nav>
      <EditPackDialog isOpen={open === 'edit'} pack={pack} onClose={close} />
      <DeletePackDialog
        isOpen={open === 'delete'}
        pack={pack}
        onClose={close}
        onDeleted={() => void navigate(paths.packs(), { replace: true })}
      />
    </>
  )
}

const installedText = ({ installations, accounts }: PackView) =>
  installations === 0
    ? 'Nowhere yet'
    : `${plural(installations, 'installation')} in ${plural(accounts, 'account')}`
