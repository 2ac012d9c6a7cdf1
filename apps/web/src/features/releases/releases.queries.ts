import type { ReleaseSummary } from '@packline/contract/releases.ts'
import { releasePhase } from '@packline/domain/releases/release-status.ts'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api } from '../../api.ts'
import { releaseQuery } from '../../packs/release-query.ts'

export type TargetFilter = { search: string; page: number }
export const targetPageSize = 50

/** How often a release is looked at again, in milliseconds: soon while it goes out, seldom while it waits. */
function pollOf(release: Pick<ReleaseSummary, 'status' | 'timing'> | undefined): number | false {
  if (!release) return false
  const phase = releasePhase(release)
  return phase === 'going-out' ? 1000 : phase === 'waiting-for-date' ? 5000 : false
}

export const releaseQueries = {
  history: (packId: string) =>
    queryOptions({
      queryKey: ['packs', packId, 'history'],
      queryFn: ({ signal }) => api.listReleases(packId, signal),
      refetchInterval: ({ state }) =>
        state.data?.some((release) => releasePhase(release) === 'going-out') === true ? 2000 : false,
    }),
  one: (releaseId: string) =>
    queryOptions({
      ...releaseQuery(releaseId),
      refetchInterval: ({ state }) => pollOf(state.data),
    }),
  targets: (releaseId: string, { search, page }: TargetFilter) =>
    queryOptions({
      queryKey: ['releases', releaseId, 'targets', { search, page }],
      queryFn: ({ signal }) => api.listTargets(releaseId, { search, page, pageSize: targetPageSize }, signal),
      placeholderData: keepPreviousData,
    }),
  /** What each schedule would mean; the numbers are those of this moment. */
  preview: (packId: string, releaseOn: string | null) =>
    queryOptions({
      queryKey: ['packs', packId, 'preview', releaseOn],
      staleTime: 0,
      queryFn: ({ signal }) => api.previewRelease(packId, { releaseOn: releaseOn ?? undefined }, signal),
      placeholderData: keepPreviousData,
    }),
}
