import { Outlet } from 'react-router'
import { useSession } from '../../session.ts'
import { setupEntriesFor } from '../../shell/setup-entries.ts'
import { PageTabs } from '../../ui/page-tabs.tsx'

/** Settings > Account Information and Setup: each tab is a screen with a heading of its own. */
export function Component() {
  const tabs = setupEntriesFor(useSession())
  return (
    <>
      {tabs.length > 1 && <PageTabs label="Account Information and Setup" tabs={tabs} />}
      <Outlet />
    </>
  )
}
