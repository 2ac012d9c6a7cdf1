import { Checkbox, NativeSelect, Radio, Stack, TextInput } from '@mantine/core'
import { legacySentence, openStatuses, statusTable, supportTable } from './account-words.tsx'
import type { ManagedAccountDraft } from './managed-account-form.tsx'

type ManagedAccountFieldsProps = {
  draft: ManagedAccountDraft
  onChange: (change: Partial<ManagedAccountDraft>) => void
  ids: { name: string; environmentSupport: string }
  problems: Record<string, string>
}

const supports = ['BASIC', 'UNLIMITED'] as const

export function ManagedAccountFields({ draft, onChange, ids, problems }: ManagedAccountFieldsProps) {
  return (
    <Stack gap="md">
      <TextInput
        id={ids.name}
        label="Account Name"
        withAsterisk
        required
        data-autofocus
        value={draft.name}
        error={problems['name']}
        onChange={({ currentTarget: { value } }) => onChange({ name: value })}
      />
      <NativeSelect
        label="Status"
        value={draft.status}
        onChange={({ currentTarget: { value } }) =>
          onChange({ status: openStatuses.find((status) => status === value) ?? 'active' })
        }
        data={openStatuses.map((value) => ({ value, label: statusTable[value].label }))}
      />
      <Radio.Group
        label="Environment Support"
        value={draft.environmentSupport}
        error={problems['environmentSupport']}
        onChange={(value) =>
          onChange({ environmentSupport: supports.find((support) => support === value) ?? 'BASIC' })
        }
      >
        <Stack gap="xs" mt="xs">
          {supports.map((support, place) => (
            <Radio
              key={support}
              {...(place === 0 && { id: ids.environmentSupport })}
              size="md"
              value={support}
              label={supportTable[support].label}
              description={`${supportTable[support].says.charAt(0).toUpperCase()}${supportTable[support].says.slice(1)}.`}
            />
          ))}
        </Stack>
      </Radio.Group>
      <Checkbox
        label="Legacy deployment"
        description={legacySentence}
        checked={draft.legacyDeployment}
        onChange={({ currentTarget: { checked } }) => onChange({ legacyDeployment: checked })}
      />
    </Stack>
  )
}
