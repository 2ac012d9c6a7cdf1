import { useSession } from '../../session.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { PageHeading } from '../../ui/page-heading.tsx'

export function Component() {
  const { account } = useSession()
  return (
    <>
      <PageHeading title="Account Information" lead="What this account is and what is switched on for it." />
      <FactList
        facts={[
          ['Account Name', account.name],
          [
            'Account ID',
            <>
              {account.id} <CopyButton value={account.id} what="the account ID" />
            </>,
          ],
        ]}
      />
    </>
  )
}
