import type { SessionInside } from '../session.ts'
import { ActionIcon } from '@mantine/core'
import { IconMenu2, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { Link } from 'react-router'
import { paths } from '../paths.ts'
import { SidePanel } from '../ui/side-panel.tsx'
import { AccountMenu } from './account-menu.tsx'
import { Brand } from './brand.tsx'
import classes from './header.module.css'
import { MainNav } from './main-nav.tsx'
import type { NavEntry } from './nav-entries.ts'
import { NoticeBell } from './notice-bell.tsx'
import { UserMenu } from './user-menu.tsx'

type HeaderProps = {
  session: SessionInside
  entries: readonly NavEntry[]
  onPalette: () => void
  onShortcuts: () => void
}

export function Header({ session, entries, onPalette, onShortcuts }: HeaderProps) {
  const [isMenuOpen, setMenuOpen] = useState(false)
  return (
    <header
      aria-label="Packline"
      className={classes['root']}
      data-crowded={entries.length > 4 || undefined}
      data-no-print
    >
      <div className={classes['bar']}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          className={classes['burger'] ?? ''}
          aria-label="Open the menu"
          aria-expanded={isMenuOpen}
          onClick={() => setMenuOpen(true)}
        >
          <IconMenu2 size={20} aria-hidden />
        </ActionIcon>
        <Link to={paths.home()} className={classes['home']}>
          <Brand />
        </Link>
        <div className={classes['nav']}>
          <MainNav entries={entries} />
        </div>
        <div className={classes['tools']}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label="Find a page or a command"
            aria-keyshortcuts="Control+K Meta+K"
            onClick={onPalette}
          >
            <IconSearch size={18} aria-hidden />
          </ActionIcon>
          {session.account.status !== 'suspended' && <NoticeBell key={session.account.id} />}
          <AccountMenu session={session} />
          <UserMenu session={session} onShortcuts={onShortcuts} />
        </div>
      </div>
      <SidePanel isOpen={isMenuOpen} onClose={() => setMenuOpen(false)} title="Menu" side="left" size="xs">
        <MainNav entries={entries} isColumn onGo={() => setMenuOpen(false)} />
      </SidePanel>
    </header>
  )
}
