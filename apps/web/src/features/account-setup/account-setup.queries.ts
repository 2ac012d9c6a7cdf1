import type {
  createManagedAccountBody,
  editAccountBody,
  editManagedAccountBody,
  managedAccountQuery,
} from '@packline/contract/accounts.ts'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { input } from 'zod'
import { api } from '../../api.ts'
import { sendOnce } from '../../lib/send-once.ts'
import { queryClient } from '../../query-client.ts'
import { etagOf } from '../../request.ts'

export type ManagedAccountListQuery = Partial<
  Record<keyof input<typeof managedAccountQuery>, string | number>
>

export const accountQueries = {
  own: () => queryOptions({ queryKey: ['account', 'own'], queryFn: ({ signal }) => api.getAccount(signal) }),
  twoStepRequirement: () =>
    queryOptions({
      queryKey: ['account', 'two-step-requirement'],
      queryFn: ({ signal }) => api.getTwoStepRequirement(signal),
    }),
  supportRoles: () =>
    queryOptions({
      queryKey: ['account', 'support-roles'],
      queryFn: ({ signal }) => api.listSupportRoles(signal),
    }),
  managed: (query: ManagedAccountListQuery) =>
    queryOptions({
      queryKey: ['managed-accounts', 'list', query],
      queryFn: ({ signal }) => api.listManagedAccounts(query, signal),
      placeholderData: keepPreviousData,
    }),
  one: (accountId: string) =>
    queryOptions({
      queryKey: ['managed-accounts', 'one', accountId],
      queryFn: ({ signal }) => api.getManagedAccount(accountId, signal),
    }),
}

export const editOwnAccount = (version: number, body: input<typeof editAccountBody>) =>
  sendOnce(['edit account', version, body], (idempotencyKey) =>
    api.editAccount(body, { idempotencyKey, ifMatch: etagOf(version) }),
  )

/** Whatever else of the account has changed meanwhile: nothing of that is decided here. */
export const requireTwoStep = (requiresTwoStep: boolean) =>
  sendOnce(['require two-step sign-in', requiresTwoStep], (idempotencyKey) =>
    api.requireTwoStep({ requiresTwoStep }, { idempotencyKey }),
  )

export const createManagedAccount = (body: input<typeof createManagedAccountBody>) =>
  sendOnce(['create managed account', body], (idempotencyKey) =>
    api.createManagedAccount(body, { idempotencyKey }),
  )

type Seen = { id: string; version: number }

export const editManagedAccount = ({ id, version }: Seen, body: input<typeof editManagedAccountBody>) =>
  sendOnce(['edit managed account', id, version, body], (idempotencyKey) =>
    api.editManagedAccount({ accountId: id, idempotencyKey, ifMatch: etagOf(version) }, body),
  )

/** Whatever else of it has changed meanwhile: suspending is decided on the account, not on its details. */
export const switchSuspension = (act: 'suspend' | 'reactivate', { id, version }: Seen) =>
  sendOnce([act, id, version], (idempotencyKey) =>
    act === 'suspend'
      ? api.suspendAccount({ accountId: id, idempotencyKey })
      : api.reactivateAccount({ accountId: id, idempotencyKey }),
  )

export const refreshManagedAccounts = () => queryClient.invalidateQueries({ queryKey: ['managed-accounts'] })
export const refreshOwnAccount = () => queryClient.invalidateQueries({ queryKey: ['account'] })
