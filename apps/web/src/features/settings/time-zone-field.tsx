import { useQuery } from '@tanstack/react-query'
import { useBusinessNow } from '../../business-time.ts'
import { deviceZone, formatInstant } from '../../lib/dates.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { SearchSelect } from '../../ui/search-select.tsx'
import { findTimeZones, labelOfZone } from './find-time-zones.ts'
import { settingsQueries } from './settings.queries.ts'
import classes from './settings.module.css'

type TimeZoneFieldProps = { value: string | null; onChange: (zone: string) => void }

/** All zones with the offset they have now, found by name, by an older name, by place or by offset. */
export function TimeZoneField({ value, onChange }: TimeZoneFieldProps) {
  const { data: zones = [], error, refetch } = useQuery(settingsQueries.timeZones)
  const now = useBusinessNow()
  const chosen = zones.find(({ name }) => name === value)
  if (error) {
    return (
      <ErrorState title="The time zones could not be loaded" error={error} onRetry={() => void refetch()} />
    )
  }
  // The device's zone under the name that the list has for it.
  const own = zones.find(({ name, aliases }) => name === deviceZone() || aliases.includes(deviceZone()))
  return (
    <SearchSelect
      id="time-zone"
      label="Time zone"
      description="Release dates that you choose are days in this zone, and times are shown in it."
      value={value}
      valueLabel={chosen ? labelOfZone(chosen.name, chosen.offset) : (value ?? '')}
      placeholder={`Such as ${own?.name ?? 'Europe/Berlin'}`}
      find={(typed) =>
        findTimeZones(zones, typed).map(({ name, offset }) => ({
          value: name,
          label: labelOfZone(name, offset),
        }))
      }
      onChange={onChange}
      nothingFound="No time zone is called that. Try a city, such as Kathmandu, or an offset, such as +05:45."
      note={value !== null && <p className={classes['note']}>It is {formatInstant(now, value)} there.</p>}
    />
  )
}
