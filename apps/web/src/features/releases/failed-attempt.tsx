import type { ReleaseSummary } from '@packline/contract/releases.ts'
import { releaseAttemptLimit } from '@packline/domain/releases/retry-policy.ts'
import classes from './release-standing.module.css'

/** What went wrong with a release that is due or going out, as long as it is tried again by itself. */
export function FailedAttempt({ release: { attempts, lastError } }: { release: ReleaseSummary }) {
  if (lastError === null) return null
  return (
    <p className={classes['line']}>
      Attempt {attempts} of {releaseAttemptLimit} failed; the next one follows by itself. {lastError}
    </p>
  )
}
