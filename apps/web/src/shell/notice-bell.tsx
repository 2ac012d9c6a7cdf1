import { queryOptions, useQuery } from '@tanstack/react-query'
import { IconBell } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { api } from '../api.ts'
import { useChanges } from '../live-changes.ts'
import { queryClient } from '../query-client.ts'
import { Disclosure } from '../ui/disclosure.tsx'
import classes from './notice-bell.module.css'

// The count comes with every screen; the list only when it is asked for.
const NoticePanel = lazy(() =>
  import('../notices/notice-panel.tsx').then((module) => ({ default: module.NoticePanel })),
)

export const unreadNotices = queryOptions({
  queryKey: ['notices', 'unread'],
  queryFn: ({ signal }) => api.countUnreadNotices(signal),
})

/** How many notices are unread, as it happens, and behind it the newest of them. */
export function NoticeBell() {
  // Hints may be lost.
  const { data } = useQuery({ ...unreadNotices, refetchInterval: 60_000 })
  useChanges(['notices'], () => void queryClient.invalidateQueries({ queryKey: ['notices'] }))
  const count = data?.unreadCount ?? 0
  return (
    <Disclosure
      label={count === 0 ? 'Notices' : `Notices, ${count} unread`}
      isWide
      triggerClass={classes['root']}
      trigger={
        <>
          <IconBell size={20} aria-hidden />
          {count > 0 && <span className={classes['count']}>{count > 99 ? '99+' : count}</span>}
        </>
      }
    >
      {(close) => (
        <Suspense>
          <NoticePanel onClose={close} />
        </Suspense>
      )}
    </Disclosure>
  )
}
