import { Button, Checkbox } from '@mantine/core'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { formatCount } from '../../lib/dates.ts'
import { flag, useUrlState } from '../../lib/use-url-state.ts'
import { NoticeList } from '../../notices/notice-list.tsx'
import { noticeQueries, readNoticesUpTo } from '../../notices/notice-queries.ts'
import { paths } from '../../paths.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { FilterBar } from '../../ui/filter-bar.tsx'
import { Loading } from '../../ui/loading.tsx'
import { PageHeading } from '../../ui/page-heading.tsx'
import { TextLink } from '../../ui/text-link.tsx'

const fields = { unread: flag() }

/** Everything one was told in this account. */
export function Component() {
  const [{ unread }, setState] = useUrlState(fields)
  const query = useInfiniteQuery(noticeQueries.list(unread))
  const { mutate, isPending, error: readError } = useMutation({ mutationFn: readNoticesUpTo })
  const pages = query.data?.pages ?? []
  const notices = pages.flatMap((page) => page.notices)
  const [newest] = notices
  const unreadCount = pages[0]?.unreadCount ?? 0
  return (
    <>
      <PageHeading
        title="Notices"
        lead={
          <>
            What happened to releases and updates of this account.{' '}
            <TextLink to={`${paths.userInformation()}#notices`}>Choose what comes by mail as well</TextLink>.
          </>
        }
        actions={
          newest &&
          unreadCount > 0 && (
            <Button variant="default" loading={isPending} onClick={() => mutate(newest.id)}>
              Mark all as read
            </Button>
          )
        }
      />
      <FilterBar label="Filter the notices">
        <Checkbox
          label={unreadCount > 0 ? `Unread only (${formatCount(unreadCount)})` : 'Unread only'}
          checked={unread}
          onChange={({ currentTarget }) => setState({ unread: currentTarget.checked })}
        />
      </FilterBar>
      {readError && <ErrorState title="They could not be marked as read" error={readError} />}
      {query.error && !query.data && (
        <ErrorState
          title="The notices could not be loaded"
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      )}
      {query.isPending && !query.error && <Loading lines={6} label="Loading notices" />}
      {query.data && notices.length === 0 && (
        <EmptyState
          action={
            unread && (
              <Button variant="default" onClick={() => setState({ unread: false })}>
                Show all notices
              </Button>
            )
          }
        >
          {unread
            ? 'You have read all your notices.'
            : 'You have no notices yet. You are told here when a release is scheduled, changed, goes out or fails.'}
        </EmptyState>
      )}
      {notices.length > 0 && <NoticeList notices={notices} label="Notices" />}
      {query.hasNextPage && (
        <Button
          variant="default"
          mt="md"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          Show older notices
        </Button>
      )}
    </>
  )
}
