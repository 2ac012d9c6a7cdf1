import type { ReleasePreview } from '@packline/contract/releases.ts'
import { useMemo } from 'react'
import { formatDay } from '../../lib/dates.ts'
import { WindowClocks, windowText } from '../../packs/window-clocks.tsx'
import { paths } from '../../paths.ts'
import { DatePicker } from '../../ui/date-picker.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { WhyNot } from '../../ui/why-not.tsx'
import { releaseDateId } from './field-ids.ts'
import classes from './release-date.module.css'

type ReleaseDateProps = {
  preview: ReleasePreview
  /** The answer for this date is on its way; what the preview says is about another one. */
  isChecking: boolean
  date: string | null
  onChange: (date: string | null) => void
  /** A refusal from an attempt to confirm; the preview's own comes by itself. */
  error?: string | null
  onCalendarOpen?: (isOpen: boolean) => void
}

/** Release on Date: the date in the scheduler's zone, and what the server says that it means. */
export function ReleaseDate({
  preview,
  isChecking,
  date,
  onChange,
  error,
  onCalendarOpen,
}: ReleaseDateProps) {
  const { timeZone, firstDate, lastDate, window, refusal, busyDays } = preview
  const marks = useMemo(() => marksOf(busyDays), [busyDays])
  if (timeZone === null || firstDate === null || lastDate === null) {
    return (
      <WhyNot>
        A release goes out on a date in your time zone, and you have not saved one yet.{' '}
        <TextLink to={paths.userInformation()}>
          Choose your time zone in Settings &gt; User Information
        </TextLink>
        , then come back: your choices here are kept.
      </WhyNot>
    )
  }
  return (
    <div>
      <DatePicker
        id={releaseDateId}
        label="Release on Date"
        value={date}
        onChange={onChange}
        first={firstDate}
        last={lastDate}
        hint={`${formatDay(firstDate)} to ${formatDay(lastDate)}, in ${timeZone}. Today’s window has begun.`}
        whyNot={(day) => whyNot(day, firstDate)}
        marks={marks}
        error={error ?? (isChecking ? null : (refusal?.message ?? null))}
        onOpenChange={onCalendarOpen}
      />
      <div role="status" className={classes['sentence']} data-empty={(!window && !isChecking) || undefined}>
        {date !== null && isChecking && <p className={classes['window']}>Working out the window …</p>}
        {date !== null && window && !isChecking && (
          <>
            <p className={classes['window']}>Releases {windowText(window, timeZone)}.</p>
            <WindowClocks window={window} releaseOn={date} timeZone={timeZone} />
          </>
        )}
      </div>
    </div>
  )
}

const whyNot = (day: string, firstDate: string) =>
  day < firstDate
    ? 'Not possible: on this day the release window has begun or passed'
    : 'Not possible: more than a year ahead'

function marksOf(busyDays: ReleasePreview['busyDays']): Map<string, string> {
  const packs = Map.groupBy(busyDays, ({ releaseOn }) => releaseOn)
  return new Map(
    [...packs].map(([day, releases]) => [day, releases.map(({ packName }) => packName).join(', ')]),
  )
}
