import { NavLink } from 'react-router'
import classes from './page-tabs.module.css'

type PageTabsProps = { label: string; tabs: readonly { to: string; label: string }[] }

/** The pages of what is chosen, the first of them at its own address. */
export function PageTabs({ label, tabs }: PageTabsProps) {
  return (
    <nav aria-label={label} className={classes['root']} data-no-print>
      {tabs.map((tab, place) => (
        <NavLink key={tab.to} end={place === 0} to={tab.to}>
          {tab.label}
        </NavLink>
      ))}
    </nav>
  )
}
