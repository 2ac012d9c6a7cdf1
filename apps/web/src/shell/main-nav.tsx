import { IconChevronDown } from '@tabler/icons-react'
import { NavLink, useLocation } from 'react-router'
import { Disclosure } from '../ui/disclosure.tsx'
import { DisclosureItem } from '../ui/disclosure-item.tsx'
import classes from './main-nav.module.css'
import type { NavEntry } from './nav-entries.ts'

type MainNavProps = { entries: readonly NavEntry[]; isColumn?: boolean; onGo?: () => void }

/** In a row the settings, rarely wanted, share one place; in a column everything stands by itself. */
export function MainNav({ entries, isColumn = false, onGo }: MainNavProps) {
  const links = entries.filter(({ area }) => isColumn || area !== 'Settings')
  const settings = entries.filter((entry) => !links.includes(entry))
  return (
    <nav aria-label="Main" className={classes['root']} data-column={isColumn ? true : undefined}>
      <ul className={classes['list']}>
        {links.map(({ area, label, to }) => (
          <li key={to}>
            <NavLink to={to} className={classes['entry'] ?? ''} {...(onGo && { onClick: onGo })}>
              <span className={classes['area']}>{area}</span>
              <span className="listeners-only">: </span>
              <span className={classes['label']}>{label}</span>
            </NavLink>
          </li>
        ))}
        {settings.length > 0 && (
          <li>
            <SettingsMenu entries={settings} />
          </li>
        )}
      </ul>
    </nav>
  )
}

function SettingsMenu({ entries }: { entries: readonly NavEntry[] }) {
  const { pathname } = useLocation()
  const isHere = entries.some(({ to }) => pathname === to || pathname.startsWith(`${to}/`))
  return (
    <Disclosure
      side="start"
      triggerClass={classes['entry']}
      trigger={
        <span className={classes['menu']} data-here={isHere || undefined}>
          <span className={classes['area']}>Settings</span>
          <span className="listeners-only">: </span>
          <span className={classes['label']}>
            Setup <IconChevronDown size={14} aria-hidden />
          </span>
        </span>
      }
    >
      {(close) =>
        entries.map(({ label, to }) => (
          <DisclosureItem key={to} to={to} onClick={close}>
            {label}
          </DisclosureItem>
        ))
      }
    </Disclosure>
  )
}
