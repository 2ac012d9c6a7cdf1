import type { ReactNode } from 'react'
import { ErrorState } from './error-state.tsx'
import { Loading } from './loading.tsx'
import classes from './preview.module.css'

/** What counts the consequences of an act before it is confirmed: a query as it stands. */
export type PreviewQuery<Numbers> = {
  data: Numbers | undefined
  error: unknown
  isPlaceholderData: boolean
  refetch: () => unknown
}

/** Whether the consequences are known. Before, nothing is confirmed: nobody has been told yet what it would do. */
export const isCounted = ({ data, error, isPlaceholderData }: PreviewQuery<unknown>) =>
  data !== undefined && !error && !isPlaceholderData

type PreviewProps<Numbers> = {
  query: PreviewQuery<Numbers>
  /** As many lines as are expected. */
  lines?: number
  /** Numbers that the page knows already: while it is counted again, they keep the place and are not shown. */
  lastKnown?: Numbers
  children: (numbers: Numbers) => ReactNode
}

/** The consequences of an act where the question speaks of them, or why they could not be counted. */
export function Preview<Numbers>({ query, lines = 3, lastKnown, children }: PreviewProps<Numbers>) {
  if (query.data !== undefined && isCounted(query)) return children(query.data)
  if (query.error) {
    return (
      <ErrorState
        title="What this means could not be counted, so it cannot be confirmed yet."
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    )
  }
  const waiting = <Loading lines={lastKnown === undefined ? lines : 1} label="Counting what it means" />
  if (lastKnown === undefined) return waiting
  return (
    <div className={classes['root']}>
      <div className={classes['place']} aria-hidden>
        {children(lastKnown)}
      </div>
      <div className={classes['waiting']}>{waiting}</div>
    </div>
  )
}
