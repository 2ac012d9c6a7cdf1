import type { AtomView } from '@packline/contract/atoms.ts'
import { atomTypeTable } from '@packline/domain/atoms/atom-status.ts'
import { useQuery } from '@tanstack/react-query'
import { useParams } from 'react-router'
import { paths, requireParam } from '../../paths.ts'
import { usePermission, useReaderZone } from '../../session.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { Moment } from '../../ui/moment.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { WhyNot } from '../../ui/why-not.tsx'
import { AtomStatusBadge } from './atom-words.tsx'
import { atomQueries, useWhyClosed } from './atoms.queries.ts'
import { MoveAtom } from './move-atom.tsx'
import { NodeTable } from './node-table.tsx'
import classes from './properties.module.css'
import { ServedAccounts } from './served-accounts.tsx'

/** Atom Properties: what it is, where it belongs and the nodes that run it. */
export function Component() {
  const atomId = requireParam(useParams(), 'atomId')
  const zone = useReaderZone()
  const edit = usePermission('edit-atom')
  const { data: atom } = useQuery(atomQueries.one(atomId))
  const whyClosed = useWhyClosed(atom?.environmentId ?? null)
  if (!atom) return null
  const mayEdit = edit.kind === 'allowed' && whyClosed === null
  return (
    <>
      <FactList
        facts={[
          ['Name', atom.name],
          ['Type', atomTypeTable[atom.type].label],
          [
            'Status',
            <span key="status">
              <AtomStatusBadge atom={atom} />
              {atom.status !== 'ONLINE' && <span className={classes['under']}>{atom.sentence}</span>}
            </span>,
          ],
          ['Environment', <EnvironmentOf key="environment" atom={atom} />],
          [
            'Install command',
            atom.tokenExpiresAt !== null && (
              <span key="token">
                Given out and not used yet; it ends <Moment at={atom.tokenExpiresAt} zone={zone} />
              </span>
            ),
          ],
          [
            'Atom ID',
            <span key="id" className={classes['id']}>
              <code>{atom.id}</code> <CopyButton value={atom.id} what="Atom ID" />
            </span>,
          ],
          [
            'Added',
            <span key="added">
              <Moment at={atom.createdAt} zone={zone} />
              {atom.createdByName !== '' && ` by ${atom.createdByName}`}
            </span>,
          ],
        ]}
      />
      <div className={classes['reasons']}>
        {edit.kind === 'refused' && <WhyNot>{edit.sentence}</WhyNot>}
        {whyClosed !== null && <WhyNot>{whyClosed}</WhyNot>}
        {edit.kind === 'allowed' && atom.isForeignCloud && (
          <WhyNot>
            This Atom Cloud belongs to another account and serves this one. It can be put into an environment
            here; its owner names and installs it.
          </WhyNot>
        )}
      </div>
      {mayEdit && <MoveAtom atom={atom} />}
      {atom.servedAccounts && <ServedAccounts atom={atom} served={atom.servedAccounts} />}
      {!atom.isForeignCloud && <NodeTable atom={atom} mayRevoke={mayEdit} />}
    </>
  )
}

function EnvironmentOf({ atom: { environmentId, environmentName, placeId } }: { atom: AtomView }) {
  if (placeId !== null) return 'In none; integration packs are attached to it itself'
  if (environmentId === null) return 'In no environment'
  return <TextLink to={paths.environment(environmentId)}>{environmentName}</TextLink>
}
