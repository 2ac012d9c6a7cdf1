import type { PackView } from '@packline/contract/integration-packs.ts'
import type { PackType } from '@packline/domain/packs/pack-type.ts'
import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api.ts'
import { fieldProblems, isRefusal } from '../../lib/field-problems.ts'
import { sendOnce } from '../../lib/send-once.ts'
import { refreshPacks } from '../../packs/pack-queries.ts'
import { usePermission } from '../../session.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { DialogActions } from '../../ui/dialog-actions.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { FormErrors } from '../../ui/form-errors.tsx'
import { announce } from '../../ui/live-region.tsx'
import { DescriptionField } from './description-field.tsx'
import { PackTypeField } from './pack-type-field.tsx'

const fieldIds = { name: 'new-pack-name', description: 'new-pack-description', type: 'new-pack-type' }

type CreatePackDialogProps = {
  isOpen: boolean
  onClose: () => void
  onCreated: (pack: PackView) => void
}

export function CreatePackDialog({ isOpen, onClose, onCreated }: CreatePackDialogProps) {
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title="Create Integration Pack" size="lg">
      <CreatePackForm onClose={onClose} onCreated={onCreated} />
    </Dialog>
  )
}

function CreatePackForm({ onClose, onCreated }: Omit<CreatePackDialogProps, 'isOpen'>) {
  const [name, setName] = useState('')
  const [type, setType] = useState<PackType>('SINGLE')
  const [description, setDescription] = useState('')
  const mayBeMulti = usePermission('create-multi-pack').kind === 'allowed'
  const creation = useMutation({
    mutationFn: () => {
      const body = { name, type, description }
      return sendOnce({ act: 'create pack', body }, (idempotencyKey) =>
        api.createPack(body, { idempotencyKey }),
      )
    },
    onSuccess: async (pack) => {
      await refreshPacks()
      announce(`${pack.name} was created`)
      onCreated(pack)
    },
  })
  const refused = isRefusal(creation.error) ? fieldProblems(creation.error, fieldIds) : null

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!creation.isPending) creation.mutate()
      }}
    >
      {refused && <FormErrors errors={refused.summary} />}
      {creation.error && !refused && <ErrorState error={creation.error} />}
      <TextInput
        id={fieldIds.name}
        label="Integration Pack Name"
        required
        data-autofocus
        autoComplete="off"
        value={name}
        error={refused?.byField['name']}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {mayBeMulti && <PackTypeField id={fieldIds.type} value={type} onChange={setType} />}
      <DescriptionField
        id={fieldIds.description}
        value={description}
        error={refused?.byField['description']}
        onChange={setDescription}
      />
      <p>* Required fields.</p>
      <DialogActions>
        <Button type="submit" loading={creation.isPending}>
          Create Integration Pack
        </Button>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
      </DialogActions>
    </form>
  )
}
