import type { createPackagesBody } from '@packline/contract/packaged-components.ts'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { input } from 'zod'
import { api } from '../../api.ts'
import { sendOnce } from '../../lib/send-once.ts'
import { queryClient } from '../../query-client.ts'

export type ListQuery = Record<string, string | number | boolean>

export const packageQueries = {
  list: (query: ListQuery) =>
    queryOptions({
      queryKey: ['packages', 'list', query],
      queryFn: ({ signal }) => api.listPackages(query, signal),
      placeholderData: keepPreviousData,
    }),
  one: (packageId: string) =>
    queryOptions({
      queryKey: ['packages', 'one', packageId],
      queryFn: ({ signal }) => api.getPackage(packageId, signal),
    }),
  /** All versions of a component, deleted ones too, the newest first; as many as one answer holds. */
  versionsOf: (componentId: string) =>
    queryOptions({
      queryKey: ['packages', 'versions', componentId],
      queryFn: async ({ signal }) => {
        const query = { componentId, showDeleted: true, pageSize: 200 }
        const { rows, total } = await api.listPackages(query, signal)
        return { versions: rows.toSorted((a, b) => b.ordinal - a.ordinal), total }
      },
    }),
  comparison: (olderId: string, newerId: string) =>
    queryOptions({
      queryKey: ['packages', 'comparison', olderId, newerId],
      queryFn: ({ signal }) => api.comparePackages(olderId, newerId, signal),
      // Packages never change; only their status does.
      staleTime: 60_000,
    }),
  /** Components to choose from; refreshed with whatever else shows components. */
  components: (query: ListQuery) =>
    queryOptions({
      queryKey: ['components', 'choices', query],
      queryFn: ({ signal }) => api.listComponents(query, signal),
      placeholderData: keepPreviousData,
    }),
  draft: (componentIds: readonly string[]) =>
    queryOptions({
      queryKey: ['packages', 'draft', componentIds],
      queryFn: ({ signal }) => api.draftPackages({ componentIds: [...componentIds] }, signal),
    }),
}

export const createPackages = (body: input<typeof createPackagesBody>) =>
  sendOnce(['create packages', body], (idempotencyKey) => api.createPackages(body, { idempotencyKey }))

export const deletePackage = (packageId: string) =>
  sendOnce(['delete package', packageId], (idempotencyKey) =>
    api.deletePackage(packageId, { idempotencyKey }),
  )

export const restorePackage = (packageId: string) =>
  sendOnce(['restore package', packageId], (idempotencyKey) =>
    api.restorePackage(packageId, { idempotencyKey }),
  )

/** Packages are counted on components and offered to packs, so those look again, too. */
export const refreshPackages = () =>
  Promise.all(
    ['packages', 'components', 'packs'].map((first) => queryClient.invalidateQueries({ queryKey: [first] })),
  )
