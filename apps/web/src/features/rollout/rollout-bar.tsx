import type { RolloutFilter, RolloutTotals } from '@packline/contract/rollout.ts'
import { formatCount } from '../../lib/dates.ts'
import { StatusBadge } from '../../ui/status-badge.tsx'
import classes from './rollout-bar.module.css'
import { stateOrder, stateWords, summaryOf } from './rollout-words.ts'

type RolloutBarProps = {
  totals: RolloutTotals
  chosen: RolloutFilter | null
  onChoose: (state: RolloutFilter | null) => void
}

/** The counts as a bar and as text. Each state is a button that shows only its rows, and all again. */
export function RolloutBar({ totals, chosen, onChoose }: RolloutBarProps) {
  const { byState, total, appliedEarly } = totals
  const shown = stateOrder.filter((state) => byState[state] > 0 || state === chosen)
  const toggle = (state: RolloutFilter) => onChoose(chosen === state ? null : state)
  return (
    <section aria-label="Counts by state" className={classes['root']}>
      <p className={classes['summary']}>{summaryOf(totals)}</p>
      <div className={classes['bar']} aria-hidden>
        {shown.map((state) => (
          <span
            key={state}
            data-tone={stateWords[state].tone}
            data-state={state}
            // As wide as its share, and never too narrow to be seen.
            style={{ flexGrow: byState[state] }}
          />
        ))}
      </div>
      <ul className={classes['states']} aria-label="Show only one state">
        {shown.map((state) => (
          <li key={state}>
            <button
              type="button"
              className={classes['state']}
              aria-pressed={chosen === state}
              title={stateWords[state].meaning}
              onClick={() => toggle(state)}
            >
              <StatusBadge tone={stateWords[state].tone}>{stateWords[state].label}</StatusBadge>{' '}
              <span className={classes['count']}>
                {formatCount(byState[state])}{' '}
                <span className={classes['share']}>{shareOf(byState[state], total)}</span>
              </span>
            </button>
          </li>
        ))}
        {(appliedEarly > 0 || chosen === 'applied-early') && (
          <li>
            <button
              type="button"
              className={classes['state']}
              aria-pressed={chosen === 'applied-early'}
              title="The account applied the release before its date. Each is in one of the other states, too."
              onClick={() => toggle('applied-early')}
            >
              <StatusBadge tone="accent">Applied early</StatusBadge>{' '}
              <span className={classes['count']}>{formatCount(appliedEarly)}</span>
            </button>
          </li>
        )}
      </ul>
    </section>
  )
}

/** "96 %", and never 100 % while something is missing nor 0 % of something. */
function shareOf(count: number, total: number): string {
  if (total === 0) return ''
  const share = (count / total) * 100
  if (share > 0 && share < 1) return '< 1 %'
  return `${Math.floor(share)} %`
}
