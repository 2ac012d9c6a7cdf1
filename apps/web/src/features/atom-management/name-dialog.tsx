import { Button, TextInput } from '@mantine/core'
import { type ReactNode, useId, useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { fieldProblems, isRefusal } from '../../lib/field-problems.ts'
import { refreshManagedAccount } from '../../packs/managed-account.ts'
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
  send: (name: string) => Promise<Result>
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
  const { label, initial, submitLabel, doneText, children, send, onDone, onClose } = props
  const id = useId()
  const [name, setName] = useState(initial)
  const saving = useMutation({
    mutationFn: () => send(name),
    onSuccess: async (result) => {
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
        if (!saving.isPending) saving.mutate()
      }}
    >
      {refused && <FormErrors errors={refused.summary} />}
      {saving.error && !refused && <ErrorState error={saving.error} />}
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
        <Button type="submit" loading={saving.isPending}>
          {submitLabel}
        </Button>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
      </DialogActions>
    </form>
  )
}
