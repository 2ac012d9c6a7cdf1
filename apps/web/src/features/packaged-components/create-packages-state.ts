import { packagesAtOnceLimit } from '@packline/domain/packaged-components/plan-create-packages.ts'
import {
  type ComponentType,
  componentTypesByLabel,
} from '@packline/domain/packaged-components/component-type.ts'
import {
  isIdentifier,
  maybeOneOf,
  oneOf,
  text,
  type UrlField,
  type UrlStateOf,
  wholeNumber,
} from '../../lib/use-url-state.ts'

export const pageSize = 50
export { packagesAtOnceLimit }

const none: readonly string[] = []

/** Ids of chosen components, each once. One that is no id, or too many of them, and none is taken. */
const chosenComponents: UrlField<readonly string[]> = {
  initial: none,
  read: (value) => {
    const ids = [...new Set(value.toLowerCase().split(','))]
    return ids.every(isIdentifier) && ids.length <= packagesAtOnceLimit ? ids : undefined
  },
  write: (ids) => ids.join(','),
}

/** Where the wizard is and what it is about; what was entered for each component is kept in the tab. */
export const createPackagesFields = {
  step: oneOf(['components', 'details', 'done'], 'components'),
  components: chosenComponents,
  search: text(),
  type: maybeOneOf<ComponentType>(componentTypesByLabel),
  page: wholeNumber(),
}
export type CreatePackagesState = UrlStateOf<typeof createPackagesFields>

/** The change of address that chooses these. */
export const choose = (ids: readonly string[]) => ({ components: ids.length > 0 ? ids : none })

export const choiceQueryOf = ({ search, type, page }: CreatePackagesState) => ({
  ...(search !== '' && { search }),
  ...(type !== null && { type }),
  page,
  pageSize,
})
