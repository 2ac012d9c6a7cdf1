import { Button, TextInput } from '@mantine/core'
import { type ReactNode, useId, useState } from 'react'
import { fieldProblems, isRefusal } from '../../lib/field-problems.ts'
import { textIn, useSaveSeen } from '../../lib/use-save-seen.ts'
import { refreshManagedAccount } from '../../packs/managed-account.ts'
import { Conflict } from '../../ui/conflict.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { DialogActions } from '../../ui/dialog-actions.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { FormErrors } from '../../ui/form-errors.tsx'
import { announce } from '../../ui/live-region.tsx'

type NameFormProps<Result> = {
  label: string
  initial: string
  submitLabel: string
  /** What is told when it is done. */
  doneText: string
  /** Fields under the name. */
  children?: ReactNode
  /** The tag of what is renamed, as the dialog opened; left out for something new. */
  etag?: string | null
  send: (name: string, ifMatch: string | undefined) => Promise<Result>
  onDone: (result: Result) => void
  onClose: () => void
}

type NameDialogProps<Result> = NameFormProps<Result> & { isOpen: boolean; title: string }

/** Gives a name to an environment or an Atom, new or known. */
export function NameDialog<Result>({ isOpen, title, ...form }: NameDialogProps<Result>) {
  return (
    <Dialog isOpen={isOpen} onClose={form.onClose} title={title}>
      <NameForm {...form} />
    </Dialog>
  )
}

function NameForm<Result>(props: NameFormProps<Result>) {
  const { label, initial, submitLabel, doneText, children, etag = null, send, onDone, onClose } = props
  const id = useId()
  const [name, setName] = useState(initial)
  const saving = useSaveSeen({
    etag,
    send,
    onSaved: async (result: Result) => {
      await refreshManagedAccount()
      announce(doneText)
      onDone(result)
    },
  })
  const refused = isRefusal(saving.error) ? fieldProblems(saving.error, { name: id }) : null
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        saving.save(name)
      }}
    >
      {refused && <FormErrors errors={refused.summary} />}
      {saving.error && !refused && <ErrorState error={saving.error} />}
      {saving.conflict && (
        <Conflict
          message={saving.conflict.message}
          now={`It is called “${textIn(saving.conflict.current, 'name')}”.`}
          isBusy={saving.isSaving}
          onKeepNewer={() => {
            onClose()
            void refreshManagedAccount()
          }}
          onAnyway={saving.conflict.saveAnyway}
        />
      )}
      <TextInput
        id={id}
        label={label}
        required
        data-autofocus
        autoComplete="off"
        value={name}
        error={refused?.byField['name']}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {children}
      <DialogActions>
        <Button type="submit" loading={saving.isSaving}>
          {submitLabel}
        </Button>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
      </DialogActions>
    </form>
  )
}
