import type { AddedAtom } from '@packline/contract/atoms.ts'
import { type AtomType, atomTypeTable } from '@packline/domain/atoms/atom-status.ts'
import { Button, Radio, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api.ts'
import { fieldProblems, isRefusal } from '../../lib/field-problems.ts'
import { sendOnce } from '../../lib/send-once.ts'
import { refreshManagedAccount } from '../../packs/managed-account.ts'
import { DialogActions } from '../../ui/dialog-actions.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { FormErrors } from '../../ui/form-errors.tsx'
import { announce } from '../../ui/live-region.tsx'
import classes from './add-atom-form.module.css'
import { environmentQueries } from './atoms.queries.ts'
import { EnvironmentField } from './environment-field.tsx'

const fieldIds = { name: 'new-atom-name' }

const types: readonly { type: AtomType; meaning: string }[] = [
  { type: 'ATOM', meaning: 'One program on one machine.' },
  { type: 'MOLECULE', meaning: 'Several programs that work as one; it is up to date when all of them are.' },
  { type: 'CLOUD', meaning: 'Several programs that can serve several accounts.' },
]

type AddAtomFormProps = {
  environmentId: string | null
  onAdded: (added: AddedAtom) => void
  onClose: () => void
}

export function AddAtomForm({ environmentId, onAdded, onClose }: AddAtomFormProps) {
  const [name, setName] = useState('')
  const [type, setType] = useState<AtomType>('ATOM')
  const { data } = useQuery({
    ...environmentQueries.list({ filter: '', status: null }),
    refetchInterval: false,
  })
  const [chosen, setChosen] = useState(environmentId)
  const adding = useMutation({
    mutationFn: () => {
      const body = { name, type, environmentId: chosen }
      return sendOnce({ act: 'add atom', body }, (idempotencyKey) => api.addAtom(body, { idempotencyKey }))
    },
    onSuccess: async (added) => {
      await refreshManagedAccount()
      announce(`${added.atom.name} was added`)
      onAdded(added)
    },
  })
  const refused = isRefusal(adding.error) ? fieldProblems(adding.error, fieldIds) : null
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!adding.isPending) adding.mutate()
      }}
    >
      {refused && <FormErrors errors={refused.summary} />}
      {adding.error && !refused && <ErrorState error={adding.error} />}
      <div className={classes['fields']}>
        <TextInput
          id={fieldIds.name}
          label="Name"
          required
          data-autofocus
          autoComplete="off"
          value={name}
          error={refused?.byField['name']}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Radio.Group
          label="Type"
          value={type}
          onChange={(value) => setType(types.find((one) => one.type === value)?.type ?? 'ATOM')}
        >
          <div className={classes['choices']}>
            {types.map((choice) => (
              <Radio
                key={choice.type}
                value={choice.type}
                label={atomTypeTable[choice.type].label}
                description={choice.meaning}
              />
            ))}
          </div>
        </Radio.Group>
        <EnvironmentField
          label="Environment"
          value={chosen}
          valueLabel={data?.environments.find(({ id }) => id === chosen)?.name ?? ''}
          onChange={setChosen}
        />
      </div>
      <DialogActions>
        <Button type="submit" loading={adding.isPending}>
          Add Atom
        </Button>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
      </DialogActions>
    </form>
  )
}
