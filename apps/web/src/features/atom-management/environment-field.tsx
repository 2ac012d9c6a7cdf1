import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { LookupField } from '../../ui/lookup-field.tsx'
import { environmentQueries } from './atoms.queries.ts'

type EnvironmentFieldProps = {
  label: string
  value: string | null
  valueLabel: string
  onChange: (environmentId: string | null, name: string | null) => void
}

/** So many are offered; typing finds the others. */
const offeredAtMost = 50

/** One of the account's environments, found by typing, or none. */
export function EnvironmentField({ label, value, valueLabel, onChange }: EnvironmentFieldProps) {
  const [typed, setTyped] = useState('')
  const { data } = useQuery({
    ...environmentQueries.list({ filter: '', status: null }),
    refetchInterval: false,
  })
  const wanted = typed.trim().toLowerCase()
  const found = (data?.environments ?? [])
    .filter(({ name }) => name.toLowerCase().includes(wanted))
    .slice(0, offeredAtMost)
    .map(({ id, name }) => ({ value: id, label: name }))
  return (
    <LookupField
      label={label}
      value={value}
      valueLabel={valueLabel}
      options={found}
      onSearch={setTyped}
      onChange={(id) => onChange(id, found.find((option) => option.value === id)?.label ?? null)}
      allLabel="No environment"
      nothingFound="No environment has this in its name."
    />
  )
}
