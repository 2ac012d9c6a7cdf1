import {
  type ComponentType,
  componentTypesByLabel,
} from '@packline/domain/packaged-components/component-type.ts'
import {
  flag,
  identifier,
  maybeOneOf,
  oneOf,
  text,
  type UrlStateOf,
  wholeNumber,
} from '../../lib/use-url-state.ts'
import type { TableSort } from '../../ui/table-column.ts'
import type { ListQuery } from './packages.queries.ts'

const sorts = ['createdAt', 'componentName', 'componentType', 'version', 'sharing', 'status'] as const
export const pageSize = 50
export const detailTabs = ['details', 'deployments', 'integration-packs'] as const
export const sharings = ['allowed', 'not-allowed'] as const

/** What the address of the table of packages may say: filters, sort, page, and what the side panel shows. */
export const packageListFields = {
  search: text(),
  component: identifier(),
  type: maybeOneOf<ComponentType>(componentTypesByLabel),
  sharing: maybeOneOf(sharings),
  id: identifier(),
  deleted: flag(),
  sort: oneOf(sorts, 'createdAt'),
  direction: oneOf(['asc', 'desc'], 'desc'),
  page: wholeNumber(),
  details: identifier(),
  tab: oneOf(detailTabs, 'details'),
  history: identifier(),
}
export type PackageListState = UrlStateOf<typeof packageListFields>

export const listQueryOf = (state: PackageListState): ListQuery => {
  const { search, component, type, sharing, id, deleted, sort, direction, page } = state
  return {
    ...(search !== '' && { search }),
    ...(component !== null && { componentId: component }),
    ...(type !== null && { type }),
    ...(sharing !== null && { sharing }),
    ...(id !== null && { packageId: id }),
    ...(deleted && { showDeleted: true }),
    sort,
    direction,
    page,
    pageSize,
  }
}

export const sortOf = ({ sort, direction }: PackageListState): TableSort => ({ by: sort, direction })

export const sortChange = ({ by, direction }: TableSort) => ({
  sort: sorts.find((sort) => sort === by) ?? 'createdAt',
  direction,
})

export const isFiltered = ({ search, component, type, sharing, id }: PackageListState) =>
  search !== '' || component !== null || type !== null || sharing !== null || id !== null

export const noFilters = { search: '', component: null, type: null, sharing: null, id: null }
