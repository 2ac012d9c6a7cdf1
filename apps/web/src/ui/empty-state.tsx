import type { ReactNode } from 'react'
import classes from './empty-state.module.css'

/** Nothing here yet: one sentence and one action. */
export function EmptyState({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className={classes['root']}>
      <p className={classes['sentence']}>{children}</p>
      {action}
    </div>
  )
}
