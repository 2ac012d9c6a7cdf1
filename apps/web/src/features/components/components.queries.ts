import type { componentQuery, createComponentBody, editComponentBody } from '@packline/contract/components.ts'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { input } from 'zod'
import { api } from '../../api.ts'
import { sendOnce } from '../../lib/send-once.ts'
import { queryClient } from '../../query-client.ts'

export type ComponentListQuery = Partial<Record<keyof input<typeof componentQuery>, string | number>>

export const componentQueries = {
  list: (query: ComponentListQuery) =>
    queryOptions({
      queryKey: ['components', 'list', query],
      queryFn: ({ signal }) => api.listComponents(query, signal),
      placeholderData: keepPreviousData,
    }),
  folders: () =>
    queryOptions({
      queryKey: ['components', 'folders'],
      queryFn: ({ signal }) => api.listFolders(signal),
    }),
  one: (componentId: string) =>
    queryOptions({
      queryKey: ['components', 'one', componentId],
      queryFn: ({ signal }) => api.getComponent(componentId, signal),
    }),
}

export const createComponent = (body: input<typeof createComponentBody>) =>
  sendOnce(['create component', body], (idempotencyKey) => api.createComponent(body, { idempotencyKey }))

type Seen = { componentId: string; ifMatch: string | undefined }

export const editComponent = ({ componentId, ifMatch }: Seen, body: input<typeof editComponentBody>) =>
  sendOnce(['edit component', componentId, ifMatch, body], (idempotencyKey) =>
    api.editComponent(componentId, body, { idempotencyKey, ifMatch }),
  )

export const deleteComponent = (componentId: string) =>
  sendOnce(['delete component', componentId], (idempotencyKey) =>
    api.deleteComponent(componentId, { idempotencyKey }),
  )

/** Everything that shows components, the packaging wizard and the table of packages included. */
export const refreshComponents = () =>
  Promise.all([
    queryClient.invalidateQueries({ queryKey: ['components'] }),
    queryClient.invalidateQueries({ queryKey: ['packages'] }),
  ])
