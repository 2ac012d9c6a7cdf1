import { useMutation, useQuery } from '@tanstack/react-query'
import { Navigate, useNavigate, useSearchParams } from 'react-router'
import { paths, safeReturnPath } from '../../paths.ts'
import { sessionQuery, switchAccount } from '../../session-query.ts'
import { EntryPage } from '../../shell/entry-page.tsx'
import { EntryButton } from '../../shell/entry-controls.tsx'
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
        <ul className={classes['users']}>
          {session.accounts.map(({ id, name, roles }) => (
            <li key={id} className={classes['user']}>
              <div>
                <div className={classes['email']}>{name}</div>
                <div className={classes['hint']}>
                  {id} · {roles.join(', ')}
                </div>
              </div>
              <EntryButton
                aria-label={`Work here: ${name}`}
                isBusy={isPending && variables === id}
                onClick={() => mutate(id)}
              >
                Work here
              </EntryButton>
            </li>
          ))}
        </ul>
      )}
    </EntryPage>
  )
}
