import { NavLink } from 'react-router'
import classes from './main-nav.module.css'
import type { NavEntry } from './nav-entries.ts'

type MainNavProps = { entries: readonly NavEntry[]; isColumn?: boolean; onGo?: () => void }

export function MainNav({ entries, isColumn = false, onGo }: MainNavProps) {
  return (
    <nav aria-label="Main" className={classes['root']} data-column={isColumn ? true : undefined}>
      <ul className={classes['list']}>
        {entries.map(({ area, label, to }) => (
          <li key={to}>
            <NavLink to={to} className={classes['entry'] ?? ''} {...(onGo && { onClick: onGo })}>
              <span className={classes['area']}>{area}</span>
              <span className="listeners-only">: </span>
              <span className={classes['label']}>{label}</span>
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}
