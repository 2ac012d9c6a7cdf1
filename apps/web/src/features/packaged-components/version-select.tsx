import { NativeSelect } from '@mantine/core'
import type { PackageView } from '@packline/contract/packaged-components.ts'
import { formatInstant } from '../../lib/dates.ts'
import { useReaderZone } from '../../session.ts'

type VersionSelectProps = {
  label: string
  versions: readonly PackageView[]
  value: string
  onChange: (packageId: string) => void
  /** Takes the focus where it opens a dialog. */
  isFirst?: boolean
}

/** One version of a component, with the date it was made. */
export function VersionSelect({ label, versions, value, onChange, isFirst = false }: VersionSelectProps) {
  const zone = useReaderZone()
  return (
    <NativeSelect
      label={label}
      value={value}
      {...(isFirst && { 'data-autofocus': true })}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      data={versions.map(({ id, version, createdAt, status }) => ({
        value: id,
        label: `${version} · ${formatInstant(createdAt, zone)}${status === 'deleted' ? ' · Deleted' : ''}`,
      }))}
    />
  )
}
