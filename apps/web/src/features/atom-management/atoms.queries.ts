import type { AtomStatusCode } from '@packline/contract/atoms.ts'
import type { EnvironmentPacks } from '@packline/contract/updates.ts'
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import { api } from '../../api.ts'
import { isOnline } from './delivery-words.ts'

export type EnvironmentFilter = { filter: string; status: AtomStatusCode | null }

/** Atoms come and go by themselves, so what shows them is looked at again, in milliseconds. */
const statusEvery = 15_000

export const environmentQueries = {
  list: ({ filter, status }: EnvironmentFilter) =>
    queryOptions({
      queryKey: ['environments', 'list', { filter, status }],
      queryFn: ({ signal }) => api.listEnvironments({ filter, status }, signal),
      refetchInterval: statusEvery,
    }),
  one: (environmentId: string) =>
    queryOptions({
      queryKey: ['environments', environmentId],
      queryFn: ({ signal }) => api.getEnvironment(environmentId, signal),
      refetchInterval: statusEvery,
    }),
  packs: (environmentId: string) =>
    queryOptions({
      queryKey: ['environments', environmentId, 'packs'],
      queryFn: ({ signal }) => api.listEnvironmentPacks(environmentId, signal),
      refetchInterval: ({ state }) => pollOf(state.data),
    }),
}

/** Why nothing may be changed in the environment of an Atom that is in one; null as long as that is not known. */
export function useWhyClosed(environmentId: string | null): string | null {
  const { data } = useQuery({
    ...environmentQueries.one(environmentId ?? ''),
    enabled: environmentId !== null,
  })
  return data?.whyClosed ?? null
}

export const atomQueries = {
  one: (atomId: string) =>
    queryOptions({
      queryKey: ['atoms', atomId],
      queryFn: ({ signal }) => api.getAtom(atomId, signal),
      // A new Atom is waited for.
      refetchInterval: ({ state: { data } }) => (data?.status === 'UNKNOWN' ? 3000 : statusEvery),
    }),
  /** Managed accounts that an own Atom Cloud may serve, by a part of their name. */
  servable: (atomId: string, search: string) =>
    queryOptions({
      queryKey: ['atoms', atomId, 'servable', search],
      queryFn: ({ signal }) => api.listServable(atomId, search, signal),
      placeholderData: keepPreviousData,
    }),
  packs: (atomId: string) =>
    queryOptions({
      queryKey: ['atoms', atomId, 'packs'],
      queryFn: ({ signal }) => api.listAtomPacks(atomId, signal),
      refetchInterval: ({ state }) => pollOf(state.data?.packs ?? undefined),
    }),
}

/** Soon while something is on its way to an Atom that is there to take it. */
function pollOf(packs: EnvironmentPacks | undefined): number {
  const isMoving = packs?.rows.some(
    ({ state, deliveries }) =>
      state === 'updating' ||
      deliveries.some(
        (one) =>
          (one.state === 'WAITING' || one.state === 'DOWNLOADING') && isOnline(packs.atoms, one.atomId),
      ),
  )
  return isMoving === true ? 1000 : 10_000
}
