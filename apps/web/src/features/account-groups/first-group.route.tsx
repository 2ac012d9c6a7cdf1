import { type LoaderFunctionArgs, redirect } from 'react-router'
import { paths } from '../../paths.ts'
import { queryClient } from '../../query-client.ts'
import { mayLoad, usePermission } from '../../session.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { PageHeading } from '../../ui/page-heading.tsx'
import { WhyNot } from '../../ui/why-not.tsx'
import { groupQueries } from './account-groups.queries.ts'
import { useQuery } from '@tanstack/react-query'

/** The first group, All Accounts, is the one to begin with. */
export async function loader({ request }: LoaderFunctionArgs) {
  if (!(await mayLoad('view-account-groups'))) return null
  const groups = await queryClient.query({ ...groupQueries.list(), staleTime: 0 }).catch(() => [])
  const [first] = groups
  return first ? redirect(paths.accountGroup(first.id) + new URL(request.url).search) : null
}

export function Component() {
  const permission = usePermission('view-account-groups')
  const { error, refetch } = useQuery({ ...groupQueries.list(), enabled: permission.kind === 'allowed' })
  return (
    <>
      <PageHeading title="Account Groups" />
      {permission.kind === 'refused' && <WhyNot>{permission.sentence}</WhyNot>}
      {error && (
        <ErrorState
          title="The account groups could not be loaded"
          error={error}
          onRetry={() => void refetch()}
        />
      )}
    </>
  )
}
