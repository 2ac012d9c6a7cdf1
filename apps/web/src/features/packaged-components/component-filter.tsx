import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { LookupField } from '../../ui/lookup-field.tsx'
import { foundNothing } from '../../ui/search-select.tsx'
import { packageQueries } from './packages.queries.ts'

type ComponentFilterProps = { value: string | null; onChange: (componentId: string | null) => void }

/** One component out of any number: the server searches, the list holds the first it found. */
export function ComponentFilter({ value, onChange }: ComponentFilterProps) {
  // Asked for once somebody opens the list: most look at the page and not into it.
  const [typed, setTyped] = useState<string | null>(null)
  const [search] = useDebouncedValue(typed ?? '', 250)
  const found = useQuery({
    ...packageQueries.components({ search, pageSize: 50 }),
    enabled: typed !== null,
  })
  // Also of a component that is deleted and so no longer among those to choose from.
  const { data: chosen } = useQuery({ ...packageQueries.versionsOf(value ?? ''), enabled: value !== null })
  const options = (found.data?.rows ?? []).map(({ id, name }) => ({ value: id, label: name }))
  const label = chosen?.versions[0]?.componentName ?? options.find((one) => one.value === value)?.label
  return (
    <LookupField
      label="Component"
      allLabel="All components"
      value={value}
      valueLabel={label ?? 'The component in the address'}
      options={options}
      onSearch={setTyped}
      onChange={onChange}
      nothingFound={foundNothing(found, 'No component is called that.')}
    />
  )
}
