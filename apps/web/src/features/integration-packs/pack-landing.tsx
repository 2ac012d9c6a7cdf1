import type { ReactNode } from 'react'
import { paths } from '../../paths.ts'
import { TextLink } from '../../ui/text-link.tsx'
import classes from './pack-landing.module.css'

/** In place of the list while the account has no pack: how to get started. */
export function PackLanding({ action }: { action: ReactNode }) {
  return (
    <section className={classes['root']} aria-labelledby="getting-started">
      <h2 id="getting-started">Getting started</h2>
      <ol className={classes['tips']}>
        <li>
          <strong>Package what you want to share.</strong> On{' '}
          <TextLink to={paths.packagedComponents()}>Packaged Components</TextLink>, create a packaged
          component of a process or an API Service component and switch sharing on.
        </li>
        <li>
          <strong>Create an integration pack</strong> and add the packaged components to it, up to 100.
        </li>
        <li>
          <strong>Release it,</strong> immediately or on a date. Before the date, consumers can try the
          release out by applying it early.
        </li>
        <li>
          <strong>Share it once.</strong> Add the pack as a resource to an account group; every later release
          reaches the group by itself.
        </li>
      </ol>
      {action}
    </section>
  )
}
