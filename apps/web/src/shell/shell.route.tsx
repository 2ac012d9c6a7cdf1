import { useQuery } from '@tanstack/react-query'
import { Fragment, lazy, Suspense, useState } from 'react'
import { Navigate, Outlet, ScrollRestoration, useLocation, useNavigation } from 'react-router'
import { deviceZone } from '../lib/dates.ts'
import { paths } from '../paths.ts'
import { prefetch } from '../query-client.ts'
import { isInside, SessionContext } from '../session.ts'
import { aboutQuery, cachedSession, sessionQuery } from '../session-query.ts'
import { BannerShelf } from '../ui/banner-shelf.tsx'
import { ThemeProvider } from '../ui/theme-provider.tsx'
import { Footer } from './footer.tsx'
import { Header } from './header.tsx'
import { navEntriesFor } from './nav-entries.ts'
import { unreadNotices } from './notice-bell.tsx'
import classes from './shell.module.css'
import { useShortcuts } from './use-shortcuts.ts'

const loadPalette = () =>
  import('./command-palette.tsx').then((module) => ({ default: module.CommandPalette }))
const CommandPalette = lazy(loadPalette)
const ShortcutsDialog = lazy(() =>
  import('./shortcuts-dialog.tsx').then((module) => ({ default: module.ShortcutsDialog })),
)

const TimeZoneBanner = lazy(() =>
  import('./time-zone-banner.tsx').then((module) => ({ default: module.TimeZoneBanner })),
)

const SuspendedAccount = lazy(() =>
  import('./suspended-account.tsx').then((module) => ({ default: module.SuspendedAccount })),
)

export async function loader() {
  prefetch(aboutQuery)
  const session = await cachedSession()
  const isAtWork = session?.account && session.account.status !== 'suspended'
  // Once: this runs with every change of an address's parameters, and what is unread is followed by the bell.
  if (isAtWork) prefetch({ ...unreadNotices, staleTime: 'static' })
  return null
}

/** What surrounds every screen once one is signed in and works in an account. */
export function Component() {
  const { data: session } = useQuery(sessionQuery)
  const { pathname, search } = useLocation()
  const { state } = useNavigation()
  const [open, setOpen] = useState<'palette' | 'shortcuts' | null>(null)
  const entries = session?.account ? navEntriesFor(session) : []
  useShortcuts({ entries, isPaused: open !== null, open: setOpen })

  if (!session) return <Navigate to={paths.signIn(pathname + search)} replace />
  if (!isInside(session)) return <Navigate to={paths.chooseAccount(pathname + search)} replace />
  const { account } = session
  if (account.lacksTwoStep) return <Navigate to={paths.twoStepRequired(pathname + search)} replace />
  const close = () => setOpen(null)
  return (
    <SessionContext value={session}>
      <ThemeProvider>
        <div className={classes['root']}>
          <a href="#content" className={classes['skip']}>
            Skip to the content
          </a>
          {state === 'loading' && <div className={classes['pending']} aria-hidden />}
          <Header
            session={session}
            entries={entries}
            onPalette={() => setOpen('palette')}
            onShortcuts={() => setOpen('shortcuts')}
          />
          <main id="content" tabIndex={-1} className={classes['main']} data-heading>
            <Suspense>{session.user.timeZone === null && <TimeZoneBanner />}</Suspense>
            <BannerShelf />
            {/* Nothing on screen outlives the account it belongs to. */}
            <Fragment key={account.id}>
              {account.status === 'suspended' ? (
                <Suspense>
                  <SuspendedAccount name={account.name} />
                </Suspense>
              ) : (
                <Outlet />
              )}
            </Fragment>
            <div id="floating" />
          </main>
          <Footer timeZone={session.user.timeZone ?? deviceZone()} />
        </div>
        <Suspense>
          {open === 'palette' && (
            <CommandPalette entries={entries} onClose={close} onShortcuts={() => setOpen('shortcuts')} />
          )}
          {open === 'shortcuts' && <ShortcutsDialog entries={entries} onClose={close} />}
        </Suspense>
        <ScrollRestoration />
      </ThemeProvider>
    </SessionContext>
  )
}
