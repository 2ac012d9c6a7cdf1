import { expect, test } from 'vitest'
import { releaseWindow } from './release-window.ts'

const dayMs = 86_400_000
const firstDay = Date.UTC(2026, 0, 1)
const lastDay = Date.UTC(2032, 11, 31)

type Stretch = { from: number; until: number; offset: number }

/** Reads a zone's offset in milliseconds off the formatted local clock: no Temporal, no conversion from local time. */
function offsetReader(timeZone: string): (instant: number) => number {
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  })
  return (instant) => {
    const [day = 0, month = 0, year = 0, hour = 0, minute = 0, second = 0] = (
      clock.format(instant).match(/\d+/g) ?? []
    ).map(Number)
    return Date.UTC(year, month - 1, day, hour, minute, second) - instant
  }
}

/** The stretches of constant offset: sampled once a day, each change then found to the second by halving. */
function stretchesOf(timeZone: string): Stretch[] {
  const offsetAt = offsetReader(timeZone)
  const stretches: Stretch[] = []
  let from = firstDay - 3 * dayMs
  let offset = offsetAt(from)
  for (let before = from; before < lastDay + 3 * dayMs; before += dayMs) {
    const next = offsetAt(before + dayMs)
    if (next === offset) continue
    let low = before
    let high = before + dayMs
    while (high - low > 1000) {
      const middle = low + Math.floor((high - low) / 2000) * 1000
      if (offsetAt(middle) === offset) low = middle
      else high = middle
    }
    stretches.push({ from, until: high, offset })
    from = high
    offset = next
  }
  return [...stretches, { from, until: Number.POSITIVE_INFINITY, offset }]
}

/** The earliest instant whose local reading is at or after midnight of the day, over all stretches. */
function firstInstant(day: number, stretches: Stretch[]): number {
  for (const { from, until, offset } of stretches) {
    const candidate = Math.max(from, day - offset)
    if (candidate < until) return candidate
  }
  throw new Error('The last stretch has no end')
}

// Measured: about 1.07 million windows in 5 s on one core; the limit only guards against a hang.
test('R-42 in every zone the window of every day of 2026–2032 begins with the first instant of that local date', {
  timeout: 120_000,
}, () => {
  const days: { day: number; date: string }[] = []
  for (let day = firstDay; day <= lastDay; day += dayMs) {
    days.push({ day, date: new Date(day).toISOString().slice(0, 10) })
  }
  expect(days).toHaveLength(2557)

  const wrong: string[] = []
  for (const timeZone of Intl.supportedValuesOf('timeZone')) {
    const stretches = stretchesOf(timeZone)
    for (const { day, date } of days) {
      const { start, end } = releaseWindow(date, timeZone)
      const first = firstInstant(day, stretches)
      if (start.epochMilliseconds !== first || end.epochMilliseconds !== first + 3_600_000) {
        wrong.push(`${timeZone} ${date}: ${start} instead of ${new Date(first).toISOString()}`)
      }
    }
  }
  expect(wrong.slice(0, 20), `${wrong.length} wrong windows`).toEqual([])
})
