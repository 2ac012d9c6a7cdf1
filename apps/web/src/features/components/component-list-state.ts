import {
  type ComponentType,
  componentTypesByLabel,
} from '@packline/domain/packaged-components/component-type.ts'
import { maybeOneOf, oneOf, text, type UrlStateOf, wholeNumber } from '../../lib/use-url-state.ts'
import type { TableSort } from '../../ui/table-column.ts'
import type { ComponentListQuery } from './components.queries.ts'

const sorts = ['name', 'type', 'folder', 'changedAt'] as const
export const pageSize = 50

/** What the address of the list of components may say. */
export const componentListFields = {
  search: text(),
  type: maybeOneOf<ComponentType>(componentTypesByLabel),
  folder: text(),
  sort: oneOf(sorts, 'name'),
  direction: oneOf(['asc', 'desc'], 'asc'),
  page: wholeNumber(),
}
export type ComponentListState = UrlStateOf<typeof componentListFields>

export const listQueryOf = ({ type, ...state }: ComponentListState): ComponentListQuery => ({
  ...state,
  ...(type !== null && { type }),
  pageSize,
})

export const sortOf = ({ sort, direction }: ComponentListState): TableSort => ({ by: sort, direction })

export const sortChange = ({ by, direction }: TableSort) => ({
  sort: sorts.find((sort) => sort === by) ?? 'name',
  direction,
})

export const isFiltered = ({ search, type, folder }: ComponentListState) =>
  search !== '' || type !== null || folder !== ''

export const noFilters = { search: '', type: null, folder: '' }
