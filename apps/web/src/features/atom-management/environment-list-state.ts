import { maybeOneOf, text, useUrlState } from '../../lib/use-url-state.ts'

export const statuses = ['ONLINE', 'WARNING', 'OFFLINE', 'UNKNOWN'] as const

const fields = { filter: text(), status: maybeOneOf(statuses) }

/** The filter of the list on the left; it stays in the address while one thing after the other is chosen. */
export const useEnvironmentFilter = () => useUrlState(fields)
