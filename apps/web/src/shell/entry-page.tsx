import type { ReactNode } from 'react'
import { Brand } from './brand.tsx'
import classes from './entry-page.module.css'

/** The frame of the pages before one is inside: signing in and choosing an account. */
export function EntryPage({ children }: { children: ReactNode }) {
  return (
    <div className={classes['root']}>
      <header aria-label="Packline" className={classes['header']}>
        <Brand />
      </header>
      <main className={classes['main']}>{children}</main>
    </div>
  )
}
