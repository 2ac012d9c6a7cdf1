import { Button } from '@mantine/core'
import type { AccountView } from '@packline/contract/accounts.ts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { formatCount } from '../../lib/dates.ts'
import { paths } from '../../paths.ts'
import { usePermission } from '../../session.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { Loading } from '../../ui/loading.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { Allowed, WhyNot } from '../../ui/why-not.tsx'
import classes from './account-setup.module.css'
import { accountQueries } from './account-setup.queries.ts'
import { RequireTwoStepDialog } from './require-two-step-dialog.tsx'

/** Whether everybody who works here has to have two-step sign-in, and the decision on it. */
export function TwoStepRequirement({ account }: { account: AccountView }) {
  const permission = usePermission('require-two-step')
  return (
    <div className={classes['form']}>
      <p className={classes['note']}>
        {account.requiresTwoStep
          ? 'Whoever signs in with a password and has no two-step sign-in can do nothing in this account but turn it on. Single sign-on is not asked for it.'
          : 'A password alone opens this account to everybody who has not turned on two-step sign-in for themselves.'}
      </p>
      <Allowed permission={permission}>
        <Decision account={account} />
      </Allowed>
    </div>
  )
}

function Decision({ account: { requiresTwoStep } }: { account: AccountView }) {
  const { data, error, refetch } = useQuery(accountQueries.twoStepRequirement())
  const [isAsked, setIsAsked] = useState(false)
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <Loading lines={2} />
  const { withoutCount, peopleCount, isReaderReady } = data
  return (
    <>
      <p className={classes['note']}>
        {withoutCount === 0
          ? 'Everybody who signs in here with a password has it.'
          : `${formatCount(withoutCount)} of ${formatCount(peopleCount)} who work here sign in with a password and have none.`}
      </p>
      {!requiresTwoStep && !isReaderReady ? (
        <WhyNot>
          Before you require it of everybody, turn it on for yourself in{' '}
          <TextLink to={paths.userInformation()}>User Information</TextLink>: else you would shut yourself
          out.
        </WhyNot>
      ) : (
        <Button variant="default" onClick={() => setIsAsked(true)}>
          {requiresTwoStep ? 'Stop Requiring It' : 'Require Two-step Sign-in'}
        </Button>
      )}
      <RequireTwoStepDialog
        requiresTwoStep={!requiresTwoStep}
        requirement={data}
        isOpen={isAsked}
        onClose={() => setIsAsked(false)}
      />
    </>
  )
}
