import { Button, Title } from '@mantine/core'
import type { ManagedAccountView } from '@packline/contract/accounts.ts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type LoaderFunctionArgs, useParams } from 'react-router'
import { isRefusal } from '../../lib/field-problems.ts'
import { paths, requireParam } from '../../paths.ts'
import { prefetch } from '../../query-client.ts'
import { mayLoad, usePermission } from '../../session.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { Loading } from '../../ui/loading.tsx'
import { PageHeading } from '../../ui/page-heading.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { Allowed, WhyNot } from '../../ui/why-not.tsx'
import classes from './account-setup.module.css'
import { accountQueries } from './account-setup.queries.ts'
import { EditAccountDialog } from './edit-account-dialog.tsx'
import { FeatureTable } from './feature-table.tsx'
import { ManagedAccountFacts } from './managed-account-facts.tsx'
import { SuspensionDialog } from './suspension-dialog.tsx'

export async function loader({ params }: LoaderFunctionArgs) {
  if (await mayLoad('view-managed-accounts')) prefetch(accountQueries.one(requireParam(params, 'accountId')))
  return null
}

export function Component() {
  const accountId = requireParam(useParams(), 'accountId')
  const permission = usePermission('view-managed-accounts')
  const isAllowed = permission.kind === 'allowed'
  const { data: account, error, refetch } = useQuery({ ...accountQueries.one(accountId), enabled: isAllowed })
  return (
    <>
      <nav aria-label="Breadcrumb" className={classes['back']} data-no-print>
        <TextLink to={paths.managedAccounts()}>Accounts</TextLink>
      </nav>
      {account ? (
        <AccountPage account={account} />
      ) : (
        <>
          <PageHeading title="Account" />
          {permission.kind === 'refused' && <WhyNot>{permission.sentence}</WhyNot>}
          {error && (
            <ErrorState
              title="The account could not be shown"
              error={error}
              {...(!isRefusal(error) && { onRetry: () => void refetch() })}
            />
          )}
          {isAllowed && !error && <Loading lines={6} />}
        </>
      )}
    </>
  )
}

function AccountPage({ account }: { account: ManagedAccountView }) {
  const [open, setOpen] = useState<'edit' | 'suspension' | null>(null)
  const close = () => setOpen(null)
  const permission = usePermission('edit-managed-account')
  return (
    <>
      <PageHeading title={account.name} focusKey={account.id} />
      <ManagedAccountFacts account={account} />
      <Allowed permission={permission}>
        <div className={classes['actions']} data-no-print>
          <Button variant="default" size="sm" onClick={() => setOpen('edit')}>
            Edit Account
          </Button>
          <Button variant="default" size="sm" onClick={() => setOpen('suspension')}>
            {account.status === 'suspended' ? 'Reactivate Account' : 'Suspend Account'}
          </Button>
        </div>
      </Allowed>
      <section aria-labelledby="features" className={classes['section']}>
        <Title order={2} id="features" mb="sm">
          Features
        </Title>
        <FeatureTable features={account.features} />
      </section>
      <EditAccountDialog account={account} isOpen={open === 'edit'} onClose={close} />
      <SuspensionDialog account={account} isOpen={open === 'suspension'} onClose={close} />
    </>
  )
}
