import { queryOptions } from '@tanstack/react-query'
import { api } from '../../api.ts'

export type DraftOrigin = { packId: string; rollBackTo: string | null; replaces: string | null }

/**
 * The draft as it was when the wizard opened. It is not read again behind the user's back: what they confirm is what
 * they saw, and a change by somebody else meanwhile is refused by the server and shown as such.
 */
export const draftQuery = ({ packId, rollBackTo, replaces }: DraftOrigin) =>
  queryOptions({
    queryKey: ['release-draft', packId, rollBackTo, replaces],
    staleTime: 'static',
    queryFn: ({ signal }) =>
      api.getReleaseDraft(
        packId,
        { rollBackTo: rollBackTo ?? undefined, replaces: replaces ?? undefined },
        signal,
      ),
  })

export const versionChoicesQuery = (packId: string, componentId: string) =>
  queryOptions({
    queryKey: ['packs', packId, 'versions', componentId],
    queryFn: ({ signal }) => api.listVersionChoices(packId, componentId, signal),
  })

export const packageQuery = (packageId: string) =>
  queryOptions({
    queryKey: ['packages', packageId],
    queryFn: ({ signal }) => api.getPackage(packageId, signal),
  })

export const comparisonQuery = (olderId: string, newerId: string) =>
  queryOptions({
    queryKey: ['packages', olderId, 'comparison', newerId],
    queryFn: ({ signal }) => api.comparePackages(olderId, newerId, signal),
  })
