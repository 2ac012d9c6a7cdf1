import type { PackView } from '@packline/contract/integration-packs.ts'
import { queryOptions } from '@tanstack/react-query'
import { api } from '../api.ts'
import { queryClient } from '../query-client.ts'

/** How often a page looks again, in milliseconds: soon while something goes out, seldom while something waits. */
const pollOf = ({ inProgress, scheduled }: Pick<PackView, 'inProgress' | 'scheduled'>) =>
  inProgress ? 1000 : scheduled ? 5000 : false

export const packQueries = {
  list: () =>
    queryOptions({
      queryKey: ['packs', 'list'],
      queryFn: ({ signal }) => api.listPacks(signal),
      refetchInterval: ({ state }) =>
        state.data?.some(({ isReleasing }) => isReleasing) === true ? 3000 : 60_000,
    }),
  /** Whatever is read of one pack. */
  of: (packId: string) => ['packs', packId],
  one: (packId: string) =>
    queryOptions({
      queryKey: [...packQueries.of(packId), 'pack'],
      queryFn: ({ signal }) => api.getPack(packId, signal),
      refetchInterval: ({ state }) => (state.data ? pollOf(state.data) : false),
    }),
}

/** After a change of a pack or of one of its releases: whatever shows them is read again. */
export async function refreshPacks() {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: ['packs'] }),
    queryClient.invalidateQueries({ queryKey: ['releases'] }),
  ])
}

/** The pack as it is at this moment. */
export const readPackAgain = (packId: string) =>
  queryClient.query({ ...packQueries.one(packId), staleTime: 0 })
