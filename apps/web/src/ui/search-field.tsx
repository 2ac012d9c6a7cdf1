import { CloseButton, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useState } from 'react'

type SearchFieldProps = {
  label: string
  value: string
  onChange: (value: string) => void
  placeholder?: string
  /** Shown above the field; otherwise the label is for listeners only. */
  isLabelShown?: boolean
  /** In a dialog: the focus begins here. */
  isFirst?: boolean
  /** For what is searched on the page itself: nothing waits for the last key. */
  isImmediate?: boolean
}

/** Searches while typing, a moment after the last key. Escape empties it, as every search field of the browser. */
export function SearchField({
  label,
  value,
  onChange,
  placeholder,
  isLabelShown = false,
  isFirst = false,
  isImmediate = false,
}: SearchFieldProps) {
  const [typed, setTyped] = useState(value)
  useEffect(() => setTyped(value), [value])
  const search = useDebouncedCallback(onChange, isImmediate ? 0 : 250)

  const type = (text: string) => {
    setTyped(text)
    search(text)
  }
  return (
    <TextInput
      type="search"
      data-autofocus={isFirst || undefined}
      {...(isLabelShown ? { label } : { 'aria-label': label })}
      {...(placeholder !== undefined && { placeholder })}
      value={typed}
      maxLength={255}
      onChange={(event) => type(event.currentTarget.value)}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={
        typed !== '' && <CloseButton size="sm" aria-label={`Clear: ${label}`} onClick={() => type('')} />
      }
    />
  )
}
