import type { SessionView } from '@packline/contract/session.ts'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Navigate, useNavigate, useSearchParams } from 'react-router'
import { formatCount } from '../../lib/dates.ts'
import { messageOf } from '../../lib/problem-message.ts'
import { paths, safeReturnPath } from '../../paths.ts'
import { sessionQuery, switchAccount } from '../../session-query.ts'
import { EntryPage } from '../../shell/entry-page.tsx'
import { EntryButton, EntryField } from '../../shell/entry-controls.tsx'
import { accessLine, useMyAccounts } from '../../shell/my-accounts.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FormErrors } from '../../ui/form-errors.tsx'
import { Loading } from '../../ui/loading.tsx'
import { PageHeading } from '../../ui/page-heading.tsx'
import classes from './session.module.css'

export function Component() {
  const [search] = useSearchParams()
  const navigate = useNavigate()
  const { data: session, error: loadError, refetch } = useQuery(sessionQuery)
  const target = safeReturnPath(search.get('returnTo'))

  const { mutate, isPending, variables, error } = useMutation({
    mutationFn: switchAccount,
    onSuccess: () => navigate(target, { replace: true }),
  })
  if (session === null) return <Navigate to={paths.signIn(target)} replace />
  return (
    <EntryPage>
      <PageHeading
        title="Choose an account"
        lead="You work in one account at a time. Switch at any time in the header."
      />
      <FormErrors
        errors={[error, loadError].flatMap((problem) => (problem ? [{ message: problem.message }] : []))}
      />
      {loadError && <EntryButton onClick={() => void refetch()}>Try again</EntryButton>}
      {!session && !loadError && <Loading lines={4} />}
      {session?.accounts.length === 0 && (
        <EmptyState>Your user belongs to no account yet. Ask an administrator to add you to one.</EmptyState>
      )}
      {session && session.accounts.length > 0 && (
        <AccountList session={session} busyId={isPending ? variables : undefined} onChoose={mutate} />
      )}
    </EntryPage>
  )
}

type AccountListProps = {
  session: SessionView
  busyId: string | undefined
  onChoose: (accountId: string) => void
}

/** The accounts worked in last first; with many, the others are found by typing. */
function AccountList({ session, busyId, onChoose }: AccountListProps) {
  const { typed, setTyped, hasMore, rows, unshown, error } = useMyAccounts(session)
  return (
    <>
      {hasMore && (
        <EntryField
          id="search-accounts"
          type="search"
          label={`Search ${formatCount(session.accountCount)} accounts by name or ID`}
          value={typed}
          maxLength={255}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
      )}
      {error && <FormErrors errors={[{ message: messageOf(error) }]} />}
      <ul className={classes['users']}>
        {rows?.map((choice) => (
          <li key={choice.id} className={classes['user']}>
            <div>
              <div className={classes['email']}>{choice.name}</div>
              <div className={classes['hint']}>{accessLine(choice)}</div>
            </div>
            {choice.status === 'suspended' ? (
              <span className={classes['hint']}>Suspended</span>
            ) : (
              <EntryButton
                aria-label={`Work here: ${choice.name}`}
                isBusy={busyId === choice.id}
                onClick={() => onChoose(choice.id)}
              >
                Work here
              </EntryButton>
            )}
          </li>
        ))}
      </ul>
      <p role="status" className={classes['hint']}>
        {rows?.length === 0
          ? 'No account of yours is called so.'
          : unshown > 0 && `${formatCount(unshown)} more. Type to find one.`}
      </p>
    </>
  )
}
