import { Title } from '@mantine/core'
import type { AccountView } from '@packline/contract/accounts.ts'
import { useQuery } from '@tanstack/react-query'
import { prefetch } from '../../query-client.ts'
import { usePermission } from '../../session.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { Loading } from '../../ui/loading.tsx'
import { PageHeading } from '../../ui/page-heading.tsx'
import { Allowed } from '../../ui/why-not.tsx'
import { AccountFacts } from './account-facts.tsx'
import { AccountForm } from './account-form.tsx'
import classes from './account-setup.module.css'
import { accountQueries } from './account-setup.queries.ts'
import { FeatureTable } from './feature-table.tsx'
import { TwoStepRequirement } from './two-step-requirement.tsx'

export function loader() {
  prefetch(accountQueries.own())
  return null
}

export function Component() {
  const { data: account, error, refetch } = useQuery(accountQueries.own())
  return (
    <>
      <PageHeading title="Account Information" lead="What this account is and what is switched on for it." />
      {error && (
        <ErrorState title="The account could not be loaded" error={error} onRetry={() => void refetch()} />
      )}
      {account ? <AccountPage account={account} /> : !error && <Loading lines={8} />}
    </>
  )
}

function AccountPage({ account }: { account: AccountView }) {
  const permission = usePermission('edit-account')
  return (
    <>
      <AccountFacts account={account} />
      <section aria-labelledby="settings" className={classes['section']}>
        <Title order={2} id="settings" mb="sm">
          Settings
        </Title>
        <Allowed permission={permission}>
          <AccountForm account={account} />
        </Allowed>
      </section>
      <section aria-labelledby="two-step" className={classes['section']}>
        <Title order={2} id="two-step" mb="sm">
          Two-step sign-in
        </Title>
        <TwoStepRequirement account={account} />
      </section>
      <section aria-labelledby="features" className={classes['section']}>
        <Title order={2} id="features" mb="sm">
          Features
        </Title>
        <FeatureTable features={account.features} />
      </section>
    </>
  )
}
