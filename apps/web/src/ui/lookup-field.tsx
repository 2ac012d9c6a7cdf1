import { Select } from '@mantine/core'

type Option = { value: string; label: string }

type LookupFieldProps = {
  label: string
  value: string | null
  /** The words for `value`, which need not be among the options. */
  valueLabel: string
  /** What was found for the text typed. */
  options: readonly Option[]
  onSearch: (text: string) => void
  onChange: (value: string | null) => void
  placeholder: string
  nothingFound: string
}

/** Chooses one of many that are searched elsewhere, such as by the server. */
export function LookupField({
  label,
  value,
  valueLabel,
  options,
  onSearch,
  onChange,
  placeholder,
  nothingFound,
}: LookupFieldProps) {
  const isListed = value === null || options.some((option) => option.value === value)
  return (
    <Select
      label={label}
      placeholder={placeholder}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': `Clear: ${label}` }}
      value={value}
      data={isListed ? [...options] : [{ value, label: valueLabel }, ...options]}
      filter={(found) => found.options}
      onSearchChange={(text) => onSearch(value !== null && text === valueLabel ? '' : text)}
      onChange={onChange}
      nothingFoundMessage={nothingFound}
      maxDropdownHeight={320}
      // The list itself scrolls, and stands beside its input: both are what listeners expect.
      withScrollArea={false}
      comboboxProps={{ withinPortal: false }}
    />
  )
}
