import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api } from '../../api.ts'
import { queryClient } from '../../query-client.ts'
import type { RolloutAddress } from './rollout-address.ts'

const rolloutPageSize = 50

const keyOf = (releaseId: string) => ['releases', releaseId, 'rollout']

export const rolloutQueries = {
  page: (releaseId: string, { state, account, search, after, before }: RolloutAddress) =>
    queryOptions({
      queryKey: [...keyOf(releaseId), 'page', { state, account, search, after, before }],
      queryFn: ({ signal }) =>
        api.getRollout(
          releaseId,
          { state, account, search, after, before, pageSize: rolloutPageSize },
          signal,
        ),
      placeholderData: keepPreviousData,
    }),
  totals: (releaseId: string) =>
    queryOptions({
      queryKey: [...keyOf(releaseId), 'totals'],
      queryFn: ({ signal }) => api.getRolloutTotals(releaseId, signal),
    }),
}

/** Reads again what is shown of a release: its rows, its counts and its own status. */
export const refreshRollout = (releaseId: string) =>
  queryClient.invalidateQueries({ queryKey: ['releases', releaseId] })
