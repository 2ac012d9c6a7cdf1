import { CloseButton, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { isIdentifier } from '../lib/use-url-state.ts'

type IdFieldProps = { label: string; value: string | null; onChange: (id: string | null) => void }

/** Takes a whole id, as it is copied from elsewhere. Anything else is told and not searched for. */
export function IdField({ label, value, onChange }: IdFieldProps) {
  const [typed, setTyped] = useState(value ?? '')
  // Text that is no id yet is the user's own and stays; a filter that was taken away empties the field.
  useEffect(() => setTyped((text) => value ?? (isIdentifier(text.trim()) ? '' : text)), [value])

  const type = (text: string) => {
    setTyped(text)
    const id = text.trim().toLowerCase()
    if (isIdentifier(id)) onChange(id)
    else if (value !== null) onChange(null)
  }
  const isIncomplete = typed.trim() !== '' && !isIdentifier(typed.trim())
  return (
    <TextInput
      label={label}
      value={typed}
      maxLength={64}
      spellCheck={false}
      error={isIncomplete && 'Paste the whole ID: 32 digits and letters a to f with 4 hyphens.'}
      onChange={({ currentTarget }) => type(currentTarget.value)}
      rightSection={
        typed !== '' && <CloseButton size="sm" aria-label={`Clear: ${label}`} onClick={() => type('')} />
      }
    />
  )
}
