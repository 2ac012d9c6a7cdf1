import type { ReactNode } from 'react'
import classes from './filter-bar.module.css'

/** The fields above a table that narrow it down. */
export function FilterBar({ label, children }: { label: string; children: ReactNode }) {
  return (
    <search aria-label={label} className={classes['root']} data-no-print>
      {children}
    </search>
  )
}
