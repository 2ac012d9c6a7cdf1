import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { paths } from '../paths.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { Loading } from '../ui/loading.tsx'
import { TextLink } from '../ui/text-link.tsx'
import { NoticeList } from './notice-list.tsx'
import classes from './notice-panel.module.css'
import { noticeQueries, readNoticesUpTo } from './notice-queries.ts'

/** What the bell shows: the newest notices, and the way to all of them. */
export function NoticePanel({ onClose }: { onClose: () => void }) {
  const { data: page, error, refetch } = useQuery(noticeQueries.newest)
  const { mutate, isPending } = useMutation({ mutationFn: readNoticesUpTo })
  const newest = page?.notices[0]
  return (
    <>
      <div className={classes['head']}>
        <h2 className={classes['title']}>Notices</h2>
        {newest && page.unreadCount > 0 && (
          <Button variant="subtle" size="compact-sm" loading={isPending} onClick={() => mutate(newest.id)}>
            Mark all as read
          </Button>
        )}
      </div>
      {error && !page && (
        <ErrorState title="The notices could not be loaded" error={error} onRetry={() => void refetch()} />
      )}
      {!page && !error && <Loading label="Loading notices" />}
      {page?.notices.length === 0 && (
        <EmptyState>You have no notices. You are told here of releases, updates and failures.</EmptyState>
      )}
      {page && page.notices.length > 0 && (
        <NoticeList notices={page.notices} label="Newest notices" onGo={onClose} />
      )}
      <p className={classes['foot']}>
        <TextLink to={paths.notices()} onClick={onClose}>
          All notices
        </TextLink>
        <TextLink to={`${paths.userInformation()}#notices`} onClick={onClose}>
          Choose what comes by mail
        </TextLink>
      </p>
    </>
  )
}
