import type { AccountStatusCode } from '@packline/contract/accounts.ts'
import { maybeOneOf, oneOf, text, type UrlStateOf, wholeNumber } from '../../lib/use-url-state.ts'
import type { TableSort } from '../../ui/table-column.ts'
import type { ManagedAccountListQuery } from './account-setup.queries.ts'
import { statuses } from './account-words.tsx'

const sorts = ['name', 'createdAt', 'status'] as const
export const pageSize = 50

/** What the address of the list of accounts may say. */
export const managedAccountFields = {
  search: text(),
  status: maybeOneOf<AccountStatusCode>(statuses),
  sort: oneOf(sorts, 'name'),
  direction: oneOf(['asc', 'desc'], 'asc'),
  page: wholeNumber(),
}
export type ManagedAccountsState = UrlStateOf<typeof managedAccountFields>

export const listQueryOf = ({ status, ...state }: ManagedAccountsState): ManagedAccountListQuery => ({
  ...state,
  ...(status !== null && { status }),
  pageSize,
})

export const sortChange = ({ by, direction }: TableSort) => ({
  sort: sorts.find((sort) => sort === by) ?? 'name',
  direction,
})

export const isFiltered = ({ search, status }: ManagedAccountsState) => search !== '' || status !== null
export const noFilters = { search: '', status: null }
