import { type PackType, packTypeTable } from '@packline/domain/packs/pack-type.ts'
import { Radio, Stack } from '@mantine/core'

const types: readonly PackType[] = ['SINGLE', 'MULTI']

type PackTypeFieldProps = { id: string; value: PackType; onChange: (type: PackType) => void }

/** Shown only where the account may create packs of either type. */
export function PackTypeField({ id, value, onChange }: PackTypeFieldProps) {
  return (
    <Radio.Group
      id={id}
      mt="md"
      label="Integration Pack Type"
      description="The type cannot be changed later. Multiple Attachments cannot hold API Service components."
      value={value}
      onChange={(chosen) => onChange(types.find((type) => type === chosen) ?? 'SINGLE')}
    >
      <Stack gap="xs" mt="xs">
        {types.map((type) => (
          <Radio
            key={type}
            value={type}
            label={packTypeTable[type].label}
            description={packTypeTable[type].meaning}
          />
        ))}
      </Stack>
    </Radio.Group>
  )
}
