import type { AccountView } from '@packline/contract/accounts.ts'
import { plural } from '../../lib/dates.ts'
import { useReaderZone, useSession } from '../../session.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { Moment } from '../../ui/moment.tsx'
import { AccountStatus, supportSentence } from './account-words.tsx'

export function AccountFacts({ account }: { account: AccountView }) {
  const { id, name, status, environmentSupport, legacyDeployment, primaryAccount, groupCount } = account
  const { supportAccessRole, requiresTwoStep, createdAt, changedAt, changedByName } = account
  const zone = useReaderZone()
  return (
    <FactList
      facts={[
        ['Account Name', name],
        [
          'Account ID',
          <>
            <code>{id}</code> <CopyButton value={id} what="Account ID" />
          </>,
        ],
        ['Status', <AccountStatus status={status} />],
        [
          'Primary account',
          primaryAccount && `${primaryAccount.name}, through ${plural(groupCount, 'account group')}`,
        ],
        ['Environment Support', supportSentence(environmentSupport)],
        ['Legacy deployment', legacyDeployment ? 'On' : 'Off'],
        [
          'Support Access Role',
          primaryAccount && (supportAccessRole ? supportAccessRole.name : 'None: group users are not capped'),
        ],
        ['Two-step sign-in', requiresTwoStep ? 'Required of everybody who works here' : 'Not required'],
        ['Your access', <OwnAccess supportAccess={supportAccessRole?.name} />],
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

/** How the reader came to work here, and by how much that is limited. */
function OwnAccess({ supportAccess }: { supportAccess: string | undefined }) {
  const { account } = useSession()
  if (account.isDirect) return 'As a user of this account'
  return supportAccess === undefined
    ? 'Through an account group'
    : `Through an account group, capped by the role ${supportAccess}`
}
