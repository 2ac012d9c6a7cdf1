import type { WindowView } from '@packline/contract/releases.ts'
import { formatClockRange, formatDay, threeClocks } from '../lib/dates.ts'
import { useSession } from '../session.ts'
import classes from './window-clocks.module.css'

type WindowClocksProps = { window: WindowView; releaseOn: string; timeZone: string }

/** A release window on the clocks that matter: in the release's zone, on the reader's clock and in universal time. */
export function WindowClocks({ window, releaseOn, timeZone }: WindowClocksProps) {
  const { timeZone: reader } = useSession().user
  const [, ...others] = threeClocks(window, { scheduler: timeZone, reader })
  const note = notes[window.kind]
  return (
    <div className={classes['root']}>
      {note !== null && <p className={classes['note']}>{note(formatDay(releaseOn), timeZone)}</p>}
      <dl className={classes['list']}>
        {others.map(({ label, zone, text }) => (
          <div key={zone}>
            <dt>
              {label}
              {zone === 'UTC' ? ' (UTC)' : ` (${zone})`}
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

/** "Sat 28 Nov 2026 between 00:00 and 01:00 Europe/Berlin" */
export const windowText = (window: WindowView, timeZone: string) =>
  `${formatClockRange(window, timeZone)} ${timeZone}`

type Note = (day: string, zone: string) => string

/** What the reader must know when the hour after midnight is not the ordinary one (D-25). */
const notes: Record<WindowView['kind'], Note | null> = {
  ordinary: null,
  'midnight-skipped': (day, zone) =>
    `In ${zone} the clocks go forward at midnight, so ${day} begins later than 00:00. The window is its first 60 minutes.`,
  'midnight-repeated': (day, zone) =>
    `In ${zone} midnight comes twice on ${day}, because the clocks go back. The first midnight counts.`,
  'hour-shortened': (day, zone) =>
    `In ${zone} the clocks go forward in the first hour of ${day}. The window still lasts 60 minutes.`,
  'hour-repeated': (day, zone) =>
    `In ${zone} the clocks go back in the first hours of ${day}. The window is the first 60 minutes.`,
  'day-missing': (day, zone) => `In ${zone} there is no ${day}: the calendar leaves it out.`,
}
