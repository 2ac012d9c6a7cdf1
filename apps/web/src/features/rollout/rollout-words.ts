import type { RolloutFilter, RolloutRow, RolloutState, RolloutTotals } from '@packline/contract/rollout.ts'
import { formatBytes, formatCount, plural } from '../../lib/dates.ts'
import type { StatusTone } from '../../ui/status-badge.tsx'

type Words = { tone: StatusTone; label: string; meaning: string }

/** Every state: how it looks, what it is called, and what it means in a sentence. In the order of the bar. */
export const stateWords: Record<RolloutState, Words> = {
  active: { tone: 'good', label: 'Active', meaning: 'The Atom runs this release.' },
  downloading: { tone: 'running', label: 'Downloading', meaning: 'The Atom is fetching this release.' },
  waiting: {
    tone: 'waiting',
    label: 'Waiting for the Atom',
    meaning: 'The environment is on this release; its Atom fetches it as soon as it is there.',
  },
  failed: { tone: 'bad', label: 'Failed', meaning: 'The Atom could not fetch or activate this release.' },
  suspended: {
    tone: 'warning',
    label: 'Account suspended',
    meaning: 'Nothing is delivered to a suspended account. It catches up when it is active again.',
  },
  'no-atom': { tone: 'warning', label: 'No Atom', meaning: 'The environment has no Atom that could run it.' },
  'not-heard-from': {
    tone: 'warning',
    label: 'Atom never heard from',
    meaning: 'The Atom was added and has not registered yet.',
  },
  'awaiting-release': {
    tone: 'neutral',
    label: 'Awaiting release',
    meaning: 'The release has not reached this environment yet.',
  },
  superseded: {
    tone: 'neutral',
    label: 'Superseded',
    meaning: 'The environment has gone on to another release, or was detached.',
  },
}

export const stateOrder = Object.keys(stateWords) as RolloutState[] // the record is keyed by RolloutState
export const filterOrder: readonly RolloutFilter[] = [...stateOrder, 'applied-early']

export const filterLabel = (filter: RolloutFilter) =>
  filter === 'applied-early' ? 'Applied early' : stateWords[filter].label

/** How many rows the list has; undefined where a search or an account makes it unknown. */
export function countOf(totals: RolloutTotals | undefined, state: RolloutFilter | null): number | undefined {
  if (!totals || state === 'applied-early') return undefined
  return state === null ? totals.total : totals.byState[state]
}

/** "5 of 9 active · 1 failed" */
export function summaryOf({ total, byState, appliedEarly }: RolloutTotals): string {
  const parts = [
    `${formatCount(byState.active)} of ${formatCount(total)} active`,
    byState.failed > 0 && `${formatCount(byState.failed)} failed`,
    appliedEarly > 0 && `applied early in ${plural(appliedEarly, 'environment')}`,
  ]
  return parts.filter((part) => part !== false).join(' · ')
}

/** What there is to say of a row beside its state: the cause, how much has been fetched, how many nodes have it. */
export function detailsOf(row: RolloutRow): string[] {
  const { state, cause, attempts, progressBytes, totalBytes, nodeCount, activeCount } = row
  const share = totalBytes > 0 ? Math.min(99, Math.floor((progressBytes / totalBytes) * 100)) : 0
  return [
    state === 'failed' && cause,
    state === 'failed' && attempts > 1 && `after ${plural(attempts, 'attempt')}`,
    state === 'downloading' && totalBytes > 0 && `${share} % of ${formatBytes(totalBytes)}`,
    nodeCount > 1 && `${activeCount} of ${plural(nodeCount, 'node')} active`,
  ].filter((detail): detail is string => typeof detail === 'string')
}

/** "2 → 3", "3" where nothing ran before, "––" where nothing runs. */
export function changeText(row: Pick<RolloutRow, 'before' | 'now'>, of: 'sequence' | 'number'): string {
  const [before, now] = [row.before?.[of], row.now?.[of]]
  if (now === undefined) return before === undefined ? '––' : `${before} → ––`
  return before === undefined || before === now ? String(now) : `${before} → ${now}`
}
