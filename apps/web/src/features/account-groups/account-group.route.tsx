import { useQuery } from '@tanstack/react-query'
import { Outlet, useParams } from 'react-router'
import { plural } from '../../lib/dates.ts'
import { paths, requireParam } from '../../paths.ts'
import { prefetch } from '../../query-client.ts'
import { mayLoad, usePermission } from '../../session.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { Loading } from '../../ui/loading.tsx'
import { PageHeading } from '../../ui/page-heading.tsx'
import { PageTabs } from '../../ui/page-tabs.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { WhyNot } from '../../ui/why-not.tsx'
import classes from './account-groups.module.css'
import { groupQueries } from './account-groups.queries.ts'
import { GroupBar } from './group-bar.tsx'

export async function loader() {
  if (await mayLoad('view-account-groups')) prefetch(groupQueries.list())
  return null
}

const lead =
  'A group brings accounts, people and integration packs together: its accounts see its packs with every later release, and its users work in its accounts.'

/** Settings > Account Information and Setup > Account Groups: one group, with a page for who and one for what. */
export function Component() {
  const groupId = requireParam(useParams(), 'groupId')
  const permission = usePermission('view-account-groups')
  const {
    data: groups,
    error,
    refetch,
  } = useQuery({
    ...groupQueries.list(),
    enabled: permission.kind === 'allowed',
  })
  const group = groups?.find(({ id }) => id === groupId)
  return (
    <>
      <PageHeading
        title="Account Groups"
        documentTitle={group ? `${group.name} · Account Groups` : 'Account Groups'}
        lead={lead}
        focusKey={groupId}
      />
      {permission.kind === 'refused' && <WhyNot>{permission.sentence}</WhyNot>}
      {error && !groups && (
        <ErrorState
          title="The account groups could not be loaded"
          error={error}
          onRetry={() => void refetch()}
        />
      )}
      {permission.kind === 'allowed' && !groups && !error && <Loading lines={6} />}
      {groups && <GroupBar groups={groups} group={group} />}
      {groups && !group && (
        <p>
          There is no such account group in this account.{' '}
          <TextLink to={paths.accountGroups()}>Show All Accounts</TextLink>
        </p>
      )}
      {group && (
        // What was selected and searched belongs to one group.
        <article key={groupId} aria-label={group.name}>
          <p className={classes['note']}>
            {plural(group.accountCount, 'account')}, {plural(group.userCount, 'user')} and{' '}
            {plural(group.packCount, 'integration pack')}.{' '}
            {group.isDefault && 'It always holds every account that this account manages.'}
          </p>
          <PageTabs
            label={`Pages of ${group.name}`}
            tabs={[
              { to: paths.accountGroup(groupId), label: 'Access Control' },
              { to: paths.groupResources(groupId), label: 'Resources' },
            ]}
          />
          <Outlet context={group} />
        </article>
      )}
    </>
  )
}
