import { Checkbox, NativeSelect, Stack, TextInput } from '@mantine/core'
import {
  type ComponentType,
  componentTypesByLabel,
  componentTypeTable,
} from '@packline/domain/packaged-components/component-type.ts'
import { useQuery } from '@tanstack/react-query'
import { type FormProblem, packRule, packSentence } from './component-words.ts'
import classes from './component-fields.module.css'
import { componentQueries } from './components.queries.ts'

export type ComponentDraft = {
  name: string
  type: ComponentType
  folder: string
  containsProcessRoute: boolean
}

/** Ids of the inputs, so that the summary of errors can lead to them. */
export type ComponentFieldIds = { name: string; folder: string; route: string }

type ComponentFieldsProps = {
  draft: ComponentDraft
  onChange: (change: Partial<ComponentDraft>) => void
  ids: ComponentFieldIds
  problem: FormProblem | undefined
  /** The type is chosen once. */
  isNew: boolean
}

export function ComponentFields({ draft, onChange, ids, problem, isNew }: ComponentFieldsProps) {
  const { data: folders = [] } = useQuery(componentQueries.folders())
  const errorOf = (field: FormProblem['field']) => (problem?.field === field ? problem.message : undefined)
  const sentence = packSentence(draft.type, draft.containsProcessRoute)
  return (
    <Stack gap="md">
      {isNew && <p className={classes['rule']}>{packRule}</p>}
      <TextInput
        id={ids.name}
        label="Name"
        withAsterisk
        required
        data-autofocus
        value={draft.name}
        error={errorOf('name')}
        onChange={({ currentTarget: { value } }) => onChange({ name: value })}
      />
      {isNew ? (
        <NativeSelect
          label="Type"
          description={`${sentence} The type cannot be changed later.`}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={draft.type}
          onChange={({ currentTarget: { value } }) => {
            const type = componentTypesByLabel.find((one) => one === value) ?? 'process'
            onChange({ type, containsProcessRoute: type === 'process' && draft.containsProcessRoute })
          }}
          data={componentTypesByLabel.map((value) => ({ value, label: componentTypeTable[value].label }))}
        />
      ) : (
        <TextInput
          label="Type"
          readOnly
          value={componentTypeTable[draft.type].label}
          description={`${sentence} The type cannot be changed.`}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
        />
      )}
      {draft.type === 'process' && (
        <Checkbox
          id={ids.route}
          label="Contains a Process Route"
          description="Such a process cannot be shared."
          checked={draft.containsProcessRoute}
          error={errorOf('route')}
          onChange={({ currentTarget: { checked } }) => onChange({ containsProcessRoute: checked })}
        />
      )}
      <TextInput
        id={ids.folder}
        label="Folder"
        description="Optional. Separate folders within folders with a slash: Orders/ERP."
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        list={`${ids.folder}-known`}
        value={draft.folder}
        error={errorOf('folder')}
        onChange={({ currentTarget: { value } }) => onChange({ folder: value })}
      />
      <datalist id={`${ids.folder}-known`}>
        {folders.map((folder) => (
          <option key={folder} value={folder} />
        ))}
      </datalist>
    </Stack>
  )
}
