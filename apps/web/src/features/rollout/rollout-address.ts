import type { RolloutFilter } from '@packline/contract/rollout.ts'
import { maybeOneOf, text, type UrlStateOf } from '../../lib/use-url-state.ts'
import { filterOrder } from './rollout-words.ts'

/** What narrows the list down, and the place in it; all of it in the address. */
export const rolloutFields = {
  state: maybeOneOf<RolloutFilter>(filterOrder),
  account: text(),
  search: text(),
  after: text(),
  before: text(),
}
export type RolloutAddress = UrlStateOf<typeof rolloutFields>

/** Another choice begins at the start of its list. */
export const choosing = (
  change: Partial<Pick<RolloutAddress, 'state' | 'account' | 'search'>>,
): Partial<RolloutAddress> => ({ ...change, after: '', before: '' })

export const everyRow = choosing({ state: null, account: '', search: '' })

export const isNarrowed = ({ state, account, search }: RolloutAddress) =>
  state !== null || account !== '' || search !== ''
