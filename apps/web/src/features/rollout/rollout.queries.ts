import type { RolloutPage } from '@packline/contract/rollout.ts'
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
        firstFound({ after, before }, (place) =>
          api.getRollout(releaseId, { state, account, search, ...place, pageSize: rolloutPageSize }, signal),
        ),
      placeholderData: keepPreviousData,
    }),
  totals: (releaseId: string) =>
    queryOptions({
      queryKey: [...keyOf(releaseId), 'totals'],
      queryFn: ({ signal }) => api.getRolloutTotals(releaseId, signal),
    }),
}

type Place = Pick<RolloutAddress, 'after' | 'before'>

/** A search may find nothing on a page and something further on: that is what people want to see. */
async function firstFound(place: Place, ask: (place: Place) => Promise<RolloutPage>): Promise<RolloutPage> {
  const page = await ask(place)
  const further = place.before ? page.previous : page.next
  if (page.rows.length > 0 || further === null) return page
  const found = await firstFound(
    place.before ? { after: '', before: further } : { after: further, before: '' },
    ask,
  )
  // Nothing was found before it.
  return place.before || place.after ? found : { ...found, previous: null }
}

/** Reads again what is shown of a release: its rows, its counts and its own status. */
export const refreshRollout = (releaseId: string) =>
  queryClient.invalidateQueries({ queryKey: ['releases', releaseId] })
