import { type CalendarDate, parseDate } from '@internationalized/date'
import { IconCalendar } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import {
  Button,
  DateInput,
  DatePicker,
  DateSegment,
  Group,
  Label,
  Popover,
} from 'react-aria-components/DatePicker'
import { Dialog } from 'react-aria-components/Dialog'
import { I18nProvider } from 'react-aria-components/I18nProvider'
import classes from './date-picker.module.css'
import type { DatePickerProps } from './date-picker.tsx'
import { MonthCalendar } from './month-calendar.tsx'

/** Day, month, year and Monday first, as everywhere in this app, whatever the browser prefers. */
const locale = 'en-GB'

export function DatePickerField(props: DatePickerProps) {
  const { id, label, value, onChange, first, last, hint, whyNot, marks, error = null, onOpenChange } = props
  const [date, setDate] = useState(() => read(value))
  useEffect(() => {
    // Emptying the field part by part must not empty what is still being typed.
    setDate((shown) => (value === (shown?.toString() ?? null) ? shown : read(value)))
  }, [value])

  return (
    <I18nProvider locale={locale}>
      <DatePicker
        value={date}
        onChange={(next) => {
          setDate(next)
          onChange(next?.toString() ?? null)
        }}
        isInvalid={error !== null}
        shouldForceLeadingZeros
        validationBehavior="aria"
        aria-describedby={`${id}-hint${error === null ? '' : ` ${id}-error`}`}
        className={classes['root'] ?? ''}
        {...(onOpenChange && { onOpenChange })}
      >
        <Label className={classes['label'] ?? ''}>{label}</Label>
        <Group
          id={id}
          className={classes['field'] ?? ''}
          // A link in the error summary leads to the first part of the date.
          tabIndex={-1}
          onFocus={(event) => {
            if (event.target === event.currentTarget) focusFirstPart(event.currentTarget)
          }}
        >
          <DateInput className={classes['input'] ?? ''}>
            {(segment) => <DateSegment segment={segment} className={classes['segment'] ?? ''} />}
          </DateInput>
          <Button className={classes['button'] ?? ''}>
            <IconCalendar size={18} aria-hidden />
          </Button>
        </Group>
        <p id={`${id}-hint`} className={classes['hint']}>
          {hint}
        </p>
        {error !== null && (
          <p id={`${id}-error`} className={classes['error']}>
            {error}
          </p>
        )}
        <Popover className={classes['popover'] ?? ''} placement="bottom start">
          <Dialog className={classes['dialog'] ?? ''} aria-label={label}>
            <MonthCalendar
              first={parseDate(first)}
              last={parseDate(last)}
              chosen={date}
              hint={hint}
              whyNot={whyNot}
              marks={marks}
            />
          </Dialog>
        </Popover>
      </DatePicker>
    </I18nProvider>
  )
}

function read(value: string | null): CalendarDate | null {
  if (value === null) return null
  try {
    return parseDate(value)
  } catch {
    return null
  }
}

const focusFirstPart = (group: HTMLElement) =>
  group.querySelector<HTMLElement>('[role="spinbutton"]')?.focus()
