import type { TimeZoneView } from '@packline/contract/session.ts'
import { type ComboboxItem, type OptionsFilter, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useBusinessNow } from '../../business-time.ts'
import { deviceZone, formatInstant } from '../../lib/dates.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { findTimeZones, labelOfZone } from './find-time-zones.ts'
import classes from './settings.module.css'
import { settingsQueries } from './settings.queries.ts'

type TimeZoneFieldProps = { value: string | null; onChange: (zone: string) => void }

/** All zones with the offset they have now, found by name, by an older name, by place or by offset. */
export function TimeZoneField({ value, onChange }: TimeZoneFieldProps) {
  const { data: zones, error, refetch } = useQuery(settingsQueries.timeZones)
  const now = useBusinessNow()
  const options = useMemo(
    () => (zones ?? []).map(({ name, offset }) => ({ value: name, label: labelOfZone(name, offset) })),
    [zones],
  )
  if (error)
    return (
      <ErrorState title="The time zones could not be loaded" error={error} onRetry={() => void refetch()} />
    )
  return (
    <div>
      <Select
        id="time-zone"
        label="Time zone"
        description="Release dates that you choose are days in this zone, and times are shown in it."
        placeholder={zones ? `Such as ${exampleFrom(zones)}` : 'Loading'}
        data={options}
        value={value}
        onChange={(zone) => zone !== null && onChange(zone)}
        searchable
        allowDeselect={false}
        limit={100}
        maxDropdownHeight={320}
        filter={filterBy(zones ?? [])}
      />
      {value !== null && <p className={classes['note']}>It is {formatInstant(now, value)} there.</p>}
    </div>
  )
}

/** The device's zone under the name that the list has for it. */
const exampleFrom = (zones: readonly TimeZoneView[]) =>
  zones.find(({ name, aliases }) => name === deviceZone() || aliases.includes(deviceZone()))?.name ??
  'Europe/Berlin'

const nothingFound = {
  value: 'none',
  label: 'No time zone is called that. Try a city, such as Kathmandu, or an offset, such as +05:45.',
  disabled: true,
}

const filterBy =
  (zones: readonly TimeZoneView[]): OptionsFilter =>
  ({ options, search, limit }) => {
    const names = new Set(findTimeZones(zones, search).map(({ name }) => name))
    // The options are those built above: items, no groups.
    const found = options.filter((option) => names.has((option as ComboboxItem).value)).slice(0, limit)
    // A list of options must hold one, so what to do stands in it.
    return found.length > 0 ? found : [nothingFound]
  }
