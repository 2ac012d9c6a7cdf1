import { useId } from 'react'
import { type SearchOption, SearchSelect } from './search-select.tsx'

type LookupFieldProps = {
  label: string
  value: string | null
  /** The words for `value`, which need not be among the options. */
  valueLabel: string
  /** What was found for the text typed. */
  options: readonly SearchOption[]
  onSearch: (typed: string) => void
  onChange: (value: string | null) => void
  /** Stands for no choice, and takes a choice back. */
  allLabel: string
  nothingFound: string
}

/** Chooses one of many that are searched elsewhere, such as by the server, or none of them. */
export function LookupField(props: LookupFieldProps) {
  const { label, value, valueLabel, options, onSearch, onChange, allLabel, nothingFound } = props
  const id = useId()
  const all = { value: '', label: allLabel }
  return (
    <SearchSelect
      id={id}
      label={label}
      value={value ?? ''}
      valueLabel={value === null ? allLabel : valueLabel}
      find={(typed) => (typed === '' ? [all, ...options] : options)}
      onType={onSearch}
      onChange={(chosen) => onChange(chosen === '' ? null : chosen)}
      nothingFound={nothingFound}
    />
  )
}
