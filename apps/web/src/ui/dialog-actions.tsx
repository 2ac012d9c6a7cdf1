import type { ReactNode } from 'react'
import classes from './dialog-actions.module.css'

/** The row of buttons that ends a form or a dialog: what it does first, Cancel after it. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <div className={classes['root']}>{children}</div>
}
