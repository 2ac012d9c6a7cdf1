/** Where the publisher of the demo works; office hours of the demo are hours here. */
export const homeZone = 'Europe/Berlin'

/** Moments of the demo, counted from the moment it is seeded, so that it is always fresh. */
export type DemoCalendar = {
  now: Temporal.Instant
  /** So many days ago at that time of day in Berlin, `daysAgo(3, '09:40')`. */
  daysAgo: (days: number, time: string) => Temporal.Instant
  /** The date so many days from today in the zone, as YYYY-MM-DD. */
  dateIn: (timeZone: string, days: number) => string
  /** The latest date in Berlin that is older than its window's first half hour: releases of it are out. */
  thisMorning: string
}

export function demoCalendar(now: Temporal.Instant): DemoCalendar {
  const here = now.toZonedDateTimeISO(homeZone)
  return {
    now,
    daysAgo: (days, time) => {
      if (days < 1) throw new RangeError('The hours of today may not have come yet')
      return here
        .toPlainDate()
        .subtract({ days })
        .toZonedDateTime({ timeZone: homeZone, plainTime: time })
        .toInstant()
    },
    dateIn: (timeZone, days) => now.toZonedDateTimeISO(timeZone).toPlainDate().add({ days }).toString(),
    thisMorning: here.subtract({ minutes: 30 }).toPlainDate().toString(),
  }
}

/** How the database client takes an instant; both keep milliseconds. */
export const toDate = (instant: Temporal.Instant) => new Date(instant.epochMilliseconds)
