import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from '../api.ts'
import { queryClient } from '../query-client.ts'

const pageSize = 20
/** In the bell: what fits without scrolling much. The page has the rest. */
const newestCount = 6

export const noticeQueries = {
  newest: queryOptions({
    queryKey: ['notices', 'newest'],
    queryFn: ({ signal }) => api.listNotices({ limit: newestCount }, signal),
  }),
  list: (unread: boolean) =>
    infiniteQueryOptions({
      queryKey: ['notices', 'list', { unread }],
      initialPageParam: null as string | null,
      queryFn: ({ pageParam, signal }) =>
        api.listNotices({ limit: pageSize, after: pageParam, ...(unread && { unread: 'true' }) }, signal),
      getNextPageParam: ({ next }) => next,
    }),
  one: (noticeId: string) =>
    queryOptions({
      queryKey: ['notices', 'one', noticeId],
      queryFn: ({ signal }) => api.getNotice(noticeId, signal),
    }),
}

const refreshNotices = () => queryClient.invalidateQueries({ queryKey: ['notices'] })

/** Harmless and repeatable: whether it arrived shows with the next reading. */
export async function readNotice(noticeId: string) {
  await api.readNotice(noticeId)
  await refreshNotices()
}

export async function readNoticesUpTo(noticeId: string) {
  await api.readNotices({ upTo: noticeId })
  await refreshNotices()
}
