import { Progress } from '@mantine/core'
import { formatCount, plural } from '../../lib/dates.ts'
import classes from './release-standing.module.css'

/** How many of the environments a release has reached, as a bar with text. */
export function ReleaseProgress({ updated, total }: { updated: number; total: number }) {
  const share = total === 0 ? 100 : Math.floor((updated / total) * 100)
  return (
    <div className={classes['progress']}>
      <Progress.Root size="lg">
        <Progress.Section value={share} color="var(--ink-accent)" aria-label="Environments updated" />
      </Progress.Root>
      <span className="tabular">
        {total === 0
          ? 'No environment to update'
          : `${formatCount(updated)} of ${plural(total, 'environment')} updated · ${share} %`}
      </span>
    </div>
  )
}
