import type { AccountGroupView } from '@packline/contract/account-groups.ts'
import { alertLevelTable } from '@packline/domain/account-groups/alert-level.ts'
import type { ApiProblem } from '../../lib/api-problem.ts'
import { Conflict } from '../../ui/conflict.tsx'
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
    <Conflict
      message={error.message}
      now={differences(seen, current)}
      isBusy={isBusy}
      onKeepNewer={() => {
        void refreshGroups()
        onKeepNewer()
      }}
      onAnyway={() => onAnyway(current)}
    />
  )
}

function differences(seen: AccountGroupView, current: AccountGroupView): string {
  const name = current.name !== seen.name && `It is called “${current.name}” now.`
  const level =
    current.autoSubscribeAlertLevel !== seen.autoSubscribeAlertLevel &&
    `Its alert level is ${alertLevelTable[current.autoSubscribeAlertLevel].label} now.`
  return [name, level].filter(Boolean).join(' ')
}
