import type { ManagedAccountView } from '@packline/contract/accounts.ts'
import { formatCount } from '../../lib/dates.ts'
import { useReaderZone } from '../../session.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { Moment } from '../../ui/moment.tsx'
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
        ['Account Groups', groups.map(({ name }) => name).join(', ')],
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
