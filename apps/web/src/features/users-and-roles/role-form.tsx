import { Button, NativeSelect, Text, Textarea, TextInput } from '@mantine/core'
import type { RoleBody } from '@packline/contract/roles.ts'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useId, useState } from 'react'
import { fieldProblems, isRefusal } from '../../lib/field-problems.ts'
import { DialogActions } from '../../ui/dialog-actions.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { FormErrors } from '../../ui/form-errors.tsx'
import { PrivilegeFields } from './privilege-fields.tsx'
import { roleQueries } from './roles.queries.ts'

export type RoleDraft = Required<RoleBody>

type RoleFormProps = {
  /** Of the role that is edited; it is no parent of itself. */
  roleId?: string
  initial: RoleDraft
  /** What the role gave before: it may go on doing so, whoever saves it. */
  given: readonly string[]
  submitLabel: string
  isBusy: boolean
  error: unknown
  /** In place of the error, when somebody else was faster. */
  conflict?: ReactNode
  onSubmit: (draft: RoleDraft) => void
  onCancel: () => void
}

/** Name, parent and privileges of a custom role, in a dialog. */
export function RoleForm(props: RoleFormProps) {
  const { roleId, initial, given, submitLabel, isBusy, error, conflict, onSubmit, onCancel } = props
  const [draft, setDraft] = useState(initial)
  const id = useId()
  const { data: roles } = useQuery(roleQueries.list())
  const ids = {
    name: `${id}name`,
    description: `${id}description`,
    parentRoleId: `${id}parent`,
    privileges: `${id}privileges`,
  }
  const refused = isRefusal(error) && !conflict ? fieldProblems(error, ids) : null
  const change = (part: Partial<RoleDraft>) => setDraft((before) => ({ ...before, ...part }))
  const parents = roles?.rows.filter((role) => role.kind !== 'shared' && role.id !== roleId) ?? []
  const parent = parents.find((role) => role.id === draft.parentRoleId) ?? null
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!isBusy) onSubmit(draft)
      }}
    >
      {conflict}
      <FormErrors errors={refused?.summary ?? []} />
      {error !== null && error !== undefined && !refused && !conflict && <ErrorState error={error} />}
      <TextInput
        id={ids.name}
        label="Name"
        withAsterisk
        required
        data-autofocus
        value={draft.name}
        error={refused?.byField['name']}
        onChange={({ currentTarget: { value } }) => change({ name: value })}
      />
      <Textarea
        id={ids.description}
        label="Description"
        mt="md"
        autosize
        minRows={2}
        value={draft.description}
        error={refused?.byField['description']}
        onChange={({ currentTarget: { value } }) => change({ description: value })}
      />
      <NativeSelect
        id={ids.parentRoleId}
        label="Inherits From"
        description="It then gives everything that role gives, now and later."
        mt="md"
        value={draft.parentRoleId ?? ''}
        error={refused?.byField['parentRoleId']}
        onChange={({ currentTarget: { value } }) => change({ parentRoleId: value === '' ? null : value })}
        data={[
          { value: '', label: 'No other role' },
          ...parents.map((role) => ({ value: role.id, label: role.label })),
        ]}
      />
      <PrivilegeFields
        id={ids.privileges}
        chosen={draft.privileges}
        inherited={parent}
        given={given}
        problem={refused?.byField['privileges']}
        onChange={(privileges) => change({ privileges })}
      />
      <Text size="sm" c="dimmed" mt="md">
        * Required fields.
      </Text>
      <DialogActions>
        <Button type="submit" loading={isBusy}>
          {submitLabel}
        </Button>
        <Button variant="default" disabled={isBusy} onClick={onCancel}>
          Cancel
        </Button>
      </DialogActions>
    </form>
  )
}
