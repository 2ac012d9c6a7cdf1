import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { plural } from '../../lib/dates.ts'
import { useReaderZone, useSession } from '../../session.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { lazyDialog } from '../../ui/lazy-dialog.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Moment } from '../../ui/moment.tsx'
import { RenewCodesDialog } from './renew-codes-dialog.tsx'
import classes from './settings.module.css'
import { settingsQueries } from './settings.queries.ts'
import { TurnOffTwoStepDialog } from './turn-off-two-step-dialog.tsx'

// Few people open it, and it brings what draws the QR code.
const TurnOnDialog = lazyDialog(() =>
  import('./turn-on-two-step-dialog.tsx').then((module) => module.TurnOnTwoStepDialog),
)

type Act = 'on' | 'off' | 'codes'

/** Whether signing in asks for a code after the password, and what can be done about it. */
export function TwoStepSignIn() {
  const { data: twoStep, error, refetch } = useQuery(settingsQueries.twoStep)
  const zone = useReaderZone()
  const { account } = useSession()
  const [act, setAct] = useState<Act | null>(null)
  const close = () => setAct(null)
  if (error && !twoStep) {
    return (
      <ErrorState
        title="Your two-step sign-in could not be loaded"
        error={error}
        onRetry={() => void refetch()}
      />
    )
  }
  if (!twoStep) return <Loading lines={2} />
  const { onSince, recoveryCodesLeft } = twoStep
  return (
    <>
      <p className={classes['note']}>
        After your password Packline asks for a code that an authenticator app on your phone shows, so that a
        password alone opens nothing. Scripts then need an API token. Single sign-on does not ask for it.
        {account.requiresTwoStep && ` The account ${account.name} requires it.`}
      </p>
      <div className={classes['list']}>
        {onSince === null ? (
          <Button variant="default" onClick={() => setAct('on')}>
            Turn on
          </Button>
        ) : (
          <>
            <p className={classes['fact']}>
              On since <Moment at={onSince} zone={zone} />. {plural(recoveryCodesLeft, 'recovery code')} left.
            </p>
            <div className={classes['buttons']}>
              <Button variant="default" onClick={() => setAct('codes')}>
                New recovery codes
              </Button>
              <Button variant="default" onClick={() => setAct('off')}>
                Turn off
              </Button>
            </div>
          </>
        )}
      </div>
      <TurnOnDialog isOpen={act === 'on'} onClose={close} />
      <TurnOffTwoStepDialog isOpen={act === 'off'} onClose={close} />
      <RenewCodesDialog isOpen={act === 'codes'} onClose={close} />
    </>
  )
}
