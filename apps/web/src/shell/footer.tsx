import { useQuery } from '@tanstack/react-query'
import { aboutQuery } from '../session-query.ts'
import { DemoClock } from './demo-clock.tsx'
import classes from './footer.module.css'

export function Footer({ timeZone }: { timeZone: string }) {
  const { data: about } = useQuery(aboutQuery)
  return (
    <footer className={classes['root']} data-no-print>
      <div className={classes['bar']}>
        {about?.demo && <DemoClock timeZone={timeZone} />}
        {about && (
          <p className={classes['about']}>
            Packline {about.version} · time zone data {about.zoneDataVersion}
            {about.newerZoneDataVersion !== null && (
              <> (this machine has the newer {about.newerZoneDataVersion}; update Node to use it)</>
            )}{' '}
            ·{' '}
            <a className="link" href="/api/docs">
              API
            </a>
          </p>
        )}
      </div>
    </footer>
  )
}
