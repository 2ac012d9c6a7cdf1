type Reader = { locale: string; timeZone: string }

/** "Mon, 1 Mar 2027" as the reader's language writes it. A calendar date has no zone and is never shifted. */
export function writeDay(date: string, locale: string): string {
  return formatter(locale, { timeZone: 'UTC', ...day }).format(new Date(`${date}T12:00:00Z`))
}

/**
 * Day and hours of a window on the clock of its zone, named, and on the reader's clock where that shows something else.
 * "Mon, 1 Mar 2027, 00:00–01:00 (Europe/Berlin); in your time zone Asia/Kathmandu: Mon, 1 Mar 2027, 04:45–05:45"
 */
export function writeWindow(
  { window, timeZone }: { window: { start: string; end: string }; timeZone: string },
  reader: Reader,
): string {
  const there = writeRange(window, timeZone, reader.locale)
  const here = writeRange(window, reader.timeZone, reader.locale)
  const named = `${there} (${timeZone})`
  return here === there ? named : `${named}; in your time zone ${reader.timeZone}: ${here}`
}

/** "2 h 5 min", "40 s": the two largest units. */
export function writeDuration(seconds: number): string {
  const units = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [Math.floor(seconds) % 60, 's'],
  ] as const
  const first = units.findIndex(([amount]) => amount > 0)
  if (first < 0) return '0 s'
  return units
    .slice(first, first + 2)
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount} ${unit}`)
    .join(' ')
}

/** The language tag as `Intl` takes it, or English where it takes none. */
export function knownLocale(tag: string | null): string {
  if (tag === null) return english
  try {
    return Intl.DateTimeFormat.supportedLocalesOf([tag])[0] ?? english
  } catch {
    return english
  }
}

const english = 'en-GB'
const day = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const
const hours = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const

const writeRange = ({ start, end }: { start: string; end: string }, timeZone: string, locale: string) =>
  formatter(locale, { timeZone, ...day, ...hours }).formatRange(new Date(start), new Date(end))

const formatter = (locale: string, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(knownLocale(locale), { calendar: 'gregory', numberingSystem: 'latn', ...options })
