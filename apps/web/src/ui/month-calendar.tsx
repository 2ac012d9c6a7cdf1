import type { CalendarDate } from '@internationalized/date'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useContext } from 'react'
import {
  Button,
  Calendar,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
  CalendarStateContext,
  Heading,
} from 'react-aria-components/Calendar'
import { formatShortDay } from '../lib/dates.ts'
import classes from './date-picker.module.css'

type MonthCalendarProps = {
  first: CalendarDate
  last: CalendarDate
  chosen: CalendarDate | null
  hint: string
  whyNot: (date: string) => string
  marks: ReadonlyMap<string, string>
}

/** One month; opens on the day chosen, or on the first that can be. */
export function MonthCalendar({ first, last, chosen, hint, whyNot, marks }: MonthCalendarProps) {
  const isChosenAllowed = chosen !== null && chosen.compare(first) >= 0 && chosen.compare(last) <= 0
  return (
    <Calendar
      className={classes['calendar'] ?? ''}
      minValue={first}
      maxValue={last}
      defaultFocusedValue={isChosenAllowed ? chosen : first}
      firstDayOfWeek="mon"
      // The day focused is where the arrows start; it takes the focus when the calendar opens.
      autoFocus
    >
      <header className={classes['header']}>
        <Button slot="previous" className={classes['turn'] ?? ''}>
          <IconChevronLeft size={18} aria-hidden />
        </Button>
        <Heading className={classes['month'] ?? ''} />
        <Button slot="next" className={classes['turn'] ?? ''}>
          <IconChevronRight size={18} aria-hidden />
        </Button>
      </header>
      <CalendarGrid className={classes['grid'] ?? ''} weekdayStyle="short">
        <CalendarGridHeader>
          {(day) => <CalendarHeaderCell className={classes['weekday'] ?? ''}>{day}</CalendarHeaderCell>}
        </CalendarGridHeader>
        <CalendarGridBody>
          {(date) => (
            <CalendarCell date={date} className={classes['day'] ?? ''}>
              {({ formattedDate, isDisabled, isOutsideMonth }) => (
                <span
                  className={classes['number']}
                  data-marked={(!isOutsideMonth && marks.has(date.toString())) || undefined}
                  title={isDisabled && !isOutsideMonth ? whyNot(date.toString()) : marks.get(date.toString())}
                >
                  {formattedDate}
                </span>
              )}
            </CalendarCell>
          )}
        </CalendarGridBody>
      </CalendarGrid>
      <MarksOfMonth marks={marks} />
      <p className={classes['hint']}>{hint}</p>
    </Calendar>
  )
}

/** What the marked days of the month shown are about, for everybody and not by a dot alone. */
function MarksOfMonth({ marks }: { marks: ReadonlyMap<string, string> }) {
  const state = useContext(CalendarStateContext)
  if (!state) return null
  const { start, end } = state.visibleRange
  const shown = [...marks].filter(([date]) => date >= start.toString() && date <= end.toString())
  if (shown.length === 0) return null
  return (
    <ul className={classes['marks']}>
      {shown.map(([date, what]) => (
        <li key={date}>
          <span className="tabular">{formatShortDay(date)}</span>: {what}
        </li>
      ))}
    </ul>
  )
}
