import { Button } from '@mantine/core'
import type { ApiProblem } from '../../lib/api-problem.ts'
import { Banner } from '../../ui/banner.tsx'

type AccountChangedProps = {
  error: ApiProblem
  isBusy: boolean
  onKeepNewer: () => void
  onAnyway: () => void
}

/** Somebody else has changed the account meanwhile: says who and lets the user choose (D-21). */
export function AccountChanged({ error, isBusy, onKeepNewer, onAnyway }: AccountChangedProps) {
  return (
    <div role="alert">
      <Banner
        tone="warning"
        extra={
          <>
            <Button size="compact-sm" disabled={isBusy} onClick={onKeepNewer}>
              Show the newer state
            </Button>
            <Button size="compact-sm" variant="default" loading={isBusy} onClick={onAnyway}>
              Save mine anyway
            </Button>
          </>
        }
      >
        {error.message}
      </Banner>
    </div>
  )
}

/** The version to decide on, once one has been told that there is a newer one. */
export function currentVersionOf({ details }: ApiProblem): number {
  const { current } = details
  const version =
    typeof current === 'object' && current !== null && 'version' in current ? current.version : undefined
  if (typeof version !== 'number') throw new Error('The refusal did not say what the account is like now')
  return version
}
