import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, Navigate, useSearchParams } from 'react-router'
import { messageOf } from '../../lib/problem-message.ts'
import { paths, safeReturnPath } from '../../paths.ts'
import { prefetch } from '../../query-client.ts'
import { aboutQuery, refreshSession, sessionQuery } from '../../session-query.ts'
import { EntryButton } from '../../shell/entry-controls.tsx'
import { EntryPage } from '../../shell/entry-page.tsx'
import { useSignOut } from '../../shell/use-sign-out.ts'
import { FormErrors } from '../../ui/form-errors.tsx'
import { lazyDialog } from '../../ui/lazy-dialog.tsx'
import { Loading } from '../../ui/loading.tsx'
import { PageHeading } from '../../ui/page-heading.tsx'
import { ThemeProvider } from '../../ui/theme-provider.tsx'
import classes from './settings.module.css'

const TurnOnDialog = lazyDialog(() =>
  import('./turn-on-two-step-dialog.tsx').then((module) => module.TurnOnTwoStepDialog),
)

export function loader() {
  prefetch(aboutQuery)
  return null
}

/** All there is of an account that requires two-step sign-in, for whoever has none: how to turn it on, and the ways out. */
export function Component() {
  const [search] = useSearchParams()
  const { data: session, error } = useQuery(sessionQuery)
  const [isOpen, setIsOpen] = useState(false)
  const target = safeReturnPath(search.get('returnTo'))
  const close = () => {
    setIsOpen(false)
    void refreshSession()
  }
  if (session === null) return <Navigate to={paths.signIn(target)} replace />
  if (session && !session.account) return <Navigate to={paths.chooseAccount(target)} replace />
  // It is on as soon as the recovery codes are shown, and they are shown once: until they are kept the dialog stays.
  if (session?.account?.lacksTwoStep === false && !isOpen) return <Navigate to={target} replace />
  return (
    <ThemeProvider>
      <EntryPage>
        <PageHeading
          title="Turn on two-step sign-in"
          lead={`${session?.account ? `The account ${session.account.name}` : 'This account'} requires it of everybody who signs in with a password. Until you turn it on you can do nothing there.`}
        />
        {error && <FormErrors errors={[{ message: messageOf(error) }]} />}
        {session ? (
          <WaysOn hasOthers={session.accountCount > 1} onTurnOn={() => setIsOpen(true)} />
        ) : (
          !error && <Loading lines={4} />
        )}
        {/* Where dialogs are put. */}
        <div id="floating" />
      </EntryPage>
      <TurnOnDialog isOpen={isOpen} onClose={close} />
    </ThemeProvider>
  )
}

function WaysOn({ hasOthers, onTurnOn }: { hasOthers: boolean; onTurnOn: () => void }) {
  const { data: about } = useQuery(aboutQuery)
  const [problem, setProblem] = useState<Error | null>(null)
  const signOut = useSignOut(setProblem)
  return (
    <div className={classes['waysOn']}>
      {problem && <FormErrors errors={[{ message: messageOf(problem) }]} />}
      <p>
        From then on Packline asks for a code after your password: an authenticator app on your phone shows
        it. Have the phone at hand.
      </p>
      {about?.singleSignOn && (
        <p>
          Or sign out and come back by single sign-on: whoever comes that way is asked for no second step
          here.
        </p>
      )}
      <div className={classes['buttons']}>
        <EntryButton isPrimary onClick={onTurnOn}>
          Turn on
        </EntryButton>
        <EntryButton onClick={signOut}>Sign out</EntryButton>
      </div>
      {hasOthers && (
        <p>
          <Link to={paths.chooseAccount()}>Work in another account</Link>
        </p>
      )}
    </div>
  )
}
