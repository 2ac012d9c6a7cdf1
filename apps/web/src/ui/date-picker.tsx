import { Skeleton } from '@mantine/core'
import { lazy, Suspense } from 'react'

const DatePickerField = lazy(() =>
  import('./date-picker-field.tsx').then((module) => ({ default: module.DatePickerField })),
)

export type DatePickerProps = {
  /** The id of the field as a whole, for links out of an error summary. */
  id: string
  label: string
  /** A calendar date, YYYY-MM-DD. It is never a moment, so no zone can shift it. */
  value: string | null
  onChange: (date: string | null) => void
  /** The first and the last day that can be chosen. */
  first: string
  last: string
  /** Why the other days cannot be chosen; stands under the calendar. */
  hint: string
  /** Why this day cannot be chosen, shown when it is pointed at. */
  whyNot: (date: string) => string
  /** Days with something on them: marked, and named under the calendar. */
  marks: ReadonlyMap<string, string>
  error?: string | null | undefined
  onOpenChange?: ((isOpen: boolean) => void) | undefined
}

/** A date, typed or chosen in a drop-down calendar. The calendar is loaded when it is first needed. */
export function DatePicker(props: DatePickerProps) {
  return (
    <Suspense fallback={<Skeleton height={64} width={220} />}>
      <DatePickerField {...props} />
    </Suspense>
  )
}
