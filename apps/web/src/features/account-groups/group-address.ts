import { identifier, text, wholeNumber } from '../../lib/use-url-state.ts'

/** What the address of Access Control may say. */
export const accessFields = {
  search: text(),
  page: wholeNumber(),
  userSearch: text(),
  userPage: wholeNumber(),
  /** Whose roles stand in the pane. */
  user: identifier(),
}

/** And that of Resources. */
export const resourceFields = { search: text(), page: wholeNumber() }
