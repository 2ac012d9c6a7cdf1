import type { PackView } from '@packline/contract/integration-packs.ts'
import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { api } from '../../api.ts'
import { fieldProblems, isRefusal } from '../../lib/field-problems.ts'
import { PackChangedDialog } from '../../packs/pack-changed-dialog.tsx'
import { usePackWrite } from '../../packs/use-pack-write.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { DialogActions } from '../../ui/dialog-actions.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { FormErrors } from '../../ui/form-errors.tsx'
import { announce } from '../../ui/live-region.tsx'
import { DescriptionField } from './description-field.tsx'

const fieldIds = { name: 'pack-name-field', description: 'pack-description-field' }

type EditPackDialogProps = { isOpen: boolean; pack: PackView; onClose: () => void }

export function EditPackDialog({ isOpen, pack, onClose }: EditPackDialogProps) {
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title="Edit Integration Pack Details" size="lg">
      <EditPackForm pack={pack} onClose={onClose} />
    </Dialog>
  )
}

function EditPackForm({ pack, onClose }: Omit<EditPackDialogProps, 'isOpen'>) {
  // What was there when the form was opened: later changes by others are a conflict, not something to overwrite.
  const [opened] = useState(pack)
  const [name, setName] = useState(pack.name)
  const [description, setDescription] = useState(pack.description)
  const isNameFixed = opened.type === 'MULTI'
  const saving = usePackWrite({
    pack: opened,
    act: 'edit',
    send: (body: { name?: string; description: string }, options) =>
      api.editPack({ packId: opened.id, ...options }, body),
    onDone: () => {
      announce('Details saved')
      onClose()
    },
  })
  const refused = isRefusal(saving.error) ? fieldProblems(saving.error, fieldIds) : null
  const { conflict } = saving

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        saving.run(isNameFixed ? { description } : { name, description })
      }}
    >
      {refused && <FormErrors errors={refused.summary} />}
      {saving.error && !refused && <ErrorState error={saving.error} />}
      <TextInput
        id={fieldIds.name}
        label="Integration Pack Name"
        required={!isNameFixed}
        readOnly={isNameFixed}
        autoComplete="off"
        value={name}
        error={refused?.byField['name']}
        {...(isNameFixed && {
          description:
            'The name of a pack of type Multiple Attachments cannot be changed: its installations carry it.',
        })}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <DescriptionField
        id={fieldIds.description}
        value={description}
        error={refused?.byField['description']}
        onChange={setDescription}
      />
      <DialogActions>
        <Button type="submit" loading={saving.isBusy}>
          Save
        </Button>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
      </DialogActions>
      {conflict && (
        <PackChangedDialog
          seen={conflict.seen}
          current={conflict.current}
          anywayLabel="Save mine anyway"
          isBusy={saving.isBusy}
          onAnyway={saving.runAnyway}
          onKeepNewer={onClose}
        >
          <FactList
            facts={[
              ...bothOf('Name', conflict.current.name, conflict.input.name ?? conflict.current.name),
              ...bothOf('Description', conflict.current.description, conflict.input.description),
            ]}
          />
        </PackChangedDialog>
      )}
    </form>
  )
}

/** What stands there now and what was typed, where they differ. */
const bothOf = (what: string, current: string, own: string) =>
  current === own
    ? []
    : [[`${what} now`, current || 'None'] as const, [`${what} as you wrote it`, own || 'None'] as const]
