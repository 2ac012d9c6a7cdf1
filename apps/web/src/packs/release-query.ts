import { queryOptions } from '@tanstack/react-query'
import { api } from '../api.ts'

/** One release, as its page, the success screen and its rollout show it. */
export const releaseQuery = (releaseId: string) =>
  queryOptions({
    queryKey: ['releases', releaseId, 'release'],
    queryFn: ({ signal }) => api.getRelease(releaseId, signal),
  })
