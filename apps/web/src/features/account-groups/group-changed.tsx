import type { AccountGroupView } from '@packline/contract/account-groups.ts'
import { alertLevelTable } from '@packline/domain/account-groups/alert-level.ts'
import { Button } from '@mantine/core'
import type { ApiProblem } from '../../lib/api-problem.ts'
import { Banner } from '../../ui/banner.tsx'
import { refreshGroups } from './account-groups.queries.ts'

type GroupChangedProps = {
  error: ApiProblem
  seen: AccountGroupView
  isBusy: boolean
  onAnyway: (current: AccountGroupView) => void
  onKeepNewer: () => void
}

/** Somebody else has changed the group meanwhile: names what, and lets the user choose (D-21). */
export function GroupChanged({ error, seen, isBusy, onAnyway, onKeepNewer }: GroupChangedProps) {
  const current = error.details['current'] as AccountGroupView // the server sends the group as it is now
  return (
    <div role="alert">
      <Banner
        tone="warning"
        extra={
          <>
            <Button
              size="compact-sm"
              disabled={isBusy}
              onClick={() => {
                void refreshGroups()
                onKeepNewer()
              }}
            >
              Keep the newer state
            </Button>
            <Button size="compact-sm" variant="default" loading={isBusy} onClick={() => onAnyway(current)}>
              Save mine anyway
            </Button>
          </>
        }
      >
        {error.message} {differences(seen, current)}
      </Banner>
    </div>
  )
}

function differences(seen: AccountGroupView, current: AccountGroupView): string {
  const name = current.name !== seen.name && `It is called “${current.name}” now.`
  const level =
    current.autoSubscribeAlertLevel !== seen.autoSubscribeAlertLevel &&
    `Its alert level is ${alertLevelTable[current.autoSubscribeAlertLevel].label} now.`
  return [name, level].filter(Boolean).join(' ')
}
