import { queryOptions } from '@tanstack/react-query'
import { api } from '../../api.ts'

export const installationQueries = {
  list: () =>
    queryOptions({
      queryKey: ['installations', 'list'],
      queryFn: ({ signal }) => api.listInstallations(signal),
      refetchInterval: 60_000,
    }),
  one: (installationId: string) =>
    queryOptions({
      queryKey: ['installations', installationId],
      queryFn: ({ signal }) => api.getInstallation(installationId, signal),
      // Soon while a release goes out, seldom while one waits for its date.
      refetchInterval: ({ state: { data } }) =>
        data?.attached.some(({ state }) => state === 'updating') === true
          ? 2000
          : data?.pending
            ? 15_000
            : 60_000,
    }),
  /** All of them, whatever environments they are about. */
  detachPreviews: (installationId: string) => ['installations', installationId, 'detach-preview'],
  detachPreview: (installationId: string, environmentIds: readonly string[]) =>
    queryOptions({
      queryKey: [...installationQueries.detachPreviews(installationId), environmentIds],
      staleTime: 0,
      queryFn: ({ signal }) =>
        api.previewDetach(installationId, { environmentIds: [...environmentIds] }, signal),
    }),
  browse: (filter: string) =>
    queryOptions({
      queryKey: ['browse', 'list', filter],
      queryFn: ({ signal }) => api.browsePacks(filter, signal),
    }),
  available: (packId: string) =>
    queryOptions({
      queryKey: ['browse', 'pack', packId],
      staleTime: 0,
      queryFn: ({ signal }) => api.browsePack(packId, signal),
    }),
}
