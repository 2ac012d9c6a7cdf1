import { identifier, text, type UrlStateOf, wholeNumber } from '../../lib/use-url-state.ts'
import type { UserListQuery } from './account-users.queries.ts'

export const pageSize = 50

/** What the address of User Management may say. */
export const userListFields = {
  search: text(),
  role: identifier(),
  page: wholeNumber(),
  invitations: wholeNumber(),
  user: identifier(),
}
export type UserListState = UrlStateOf<typeof userListFields>

export const listQueryOf = ({ search, role, page }: UserListState): UserListQuery => ({
  ...(search !== '' && { filter: search }),
  ...(role !== null && { roleId: role }),
  page,
  pageSize,
})

export const isFiltered = ({ search, role }: UserListState) => search !== '' || role !== null
export const noFilters = { search: '', role: null }
