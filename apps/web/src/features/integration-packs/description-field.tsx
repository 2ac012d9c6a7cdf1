import { packDescriptionLimit } from '@packline/domain/packs/pack-description.ts'
import { countCharacters } from '@packline/domain/text/clean-text.ts'
import { Textarea } from '@mantine/core'
import { formatCount, plural } from '../../lib/dates.ts'

type DescriptionFieldProps = {
  id: string
  value: string
  error: string | undefined
  onChange: (text: string) => void
}

export function DescriptionField({ id, value, error, onChange }: DescriptionFieldProps) {
  const left = packDescriptionLimit - countCharacters(value)
  return (
    <Textarea
      id={id}
      mt="md"
      label="Description"
      description={
        left >= 0
          ? `${formatCount(left)} of ${packDescriptionLimit} characters left`
          : `${plural(-left, 'character')} too many`
      }
      rows={4}
      value={value}
      error={error}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
