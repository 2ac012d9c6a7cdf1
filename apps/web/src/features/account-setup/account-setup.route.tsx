import { Outlet } from 'react-router'
import { useSession } from '../../session.ts'
import { setupEntriesFor } from '../../shell/setup-entries.ts'
import { PageTabs } from '../../ui/page-tabs.tsx'
import classes from './account-setup.module.css'

/** Settings > Account Information and Setup: each tab is a screen with a heading of its own. */
export function Component() {
  const tabs = setupEntriesFor(useSession())
  return (
    <>
      {tabs.length > 1 && (
        <div className={classes['tabs']}>
          <p className={classes['area']}>Account Information and Setup</p>
          <PageTabs label="Account Information and Setup" tabs={tabs} />
        </div>
      )}
      <Outlet />
    </>
  )
}
