import type { ManagedAccountView } from '@packline/contract/accounts.ts'
import { Fragment } from 'react'
import { formatCount } from '../../lib/dates.ts'
import { paths } from '../../paths.ts'
import { usePermission, useReaderZone } from '../../session.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { Moment } from '../../ui/moment.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { AccountStatus, statusTable, supportSentence } from './account-words.tsx'

export function ManagedAccountFacts({ account }: { account: ManagedAccountView }) {
  const { id, status, suspendedFrom, environmentSupport, legacyDeployment, groups } = account
  const { userCount, environmentCount, installationCount, createdAt, changedAt, changedByName } = account
  const zone = useReaderZone()
  return (
    <FactList
      facts={[
        [
          'Account ID',
          <>
            <code>{id}</code> <CopyButton value={id} what="Account ID" />
          </>,
        ],
        [
          'Status',
          <>
            <AccountStatus status={status} />
            {status === 'suspended' &&
              ` Nobody can work here, and nothing is delivered to its Atoms. Reactivated it is ${statusTable[suspendedFrom ?? 'active'].label} again.`}
          </>,
        ],
        ['Environment Support', supportSentence(environmentSupport)],
        ['Legacy deployment', legacyDeployment ? 'On' : 'Off'],
        ['Account Groups', <GroupLinks groups={groups} />],
        ['Users', formatCount(userCount)],
        ['Environments', formatCount(environmentCount)],
        ['Installed Integration Packs', formatCount(installationCount)],
        ['Created', <Moment at={createdAt} zone={zone} />],
        [
          'Changed',
          <>
            <Moment at={changedAt} zone={zone} />
            {changedByName && ` by ${changedByName}`}
          </>,
        ],
      ]}
    />
  )
}

/** Links for whoever may see account groups. */
function GroupLinks({ groups }: Pick<ManagedAccountView, 'groups'>) {
  const mayLook = usePermission('view-account-groups').kind === 'allowed'
  return groups.map(({ id, name }, place) => (
    <Fragment key={id}>
      {place > 0 && ', '}
      {mayLook ? <TextLink to={paths.accountGroup(id)}>{name}</TextLink> : name}
    </Fragment>
  ))
}
