import type { AtomView } from '@packline/contract/atoms.ts'
import { Button, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api.ts'
import { fieldProblems, isRefusal } from '../../lib/field-problems.ts'
import { sendOnce } from '../../lib/send-once.ts'
import { refreshManagedAccount } from '../../packs/managed-account.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { DialogActions } from '../../ui/dialog-actions.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { FormErrors } from '../../ui/form-errors.tsx'
import { announce } from '../../ui/live-region.tsx'

const fieldIds = { accountIds: 'served-account-ids' }

type ServeAccountsFormProps = {
  atom: AtomView
  served: NonNullable<AtomView['servedAccounts']>
  onClose: () => void
}

/** Chooses by their ids which managed accounts an Atom Cloud serves, all at once. */
export function ServeAccountsDialog({ isOpen, ...form }: ServeAccountsFormProps & { isOpen: boolean }) {
  return (
    <Dialog isOpen={isOpen} onClose={form.onClose} title={`Accounts served by ${form.atom.name}`}>
      <ServeAccountsForm {...form} />
    </Dialog>
  )
}

function ServeAccountsForm({ atom, served, onClose }: ServeAccountsFormProps) {
  const { id: atomId } = atom
  const [text, setText] = useState(served.map(({ id }) => id).join('\n'))
  const saving = useMutation({
    mutationFn: () => {
      const accountIds = [...new Set(text.split(/[\s,;]+/).filter(Boolean))]
      return sendOnce({ act: 'serve accounts', atomId, accountIds }, (idempotencyKey) =>
        api.serveAccounts({ atomId, idempotencyKey }, { accountIds }),
      )
    },
    onSuccess: async () => {
      await refreshManagedAccount()
      announce('The accounts were saved')
      onClose()
    },
  })
  const refused = isRefusal(saving.error) ? fieldProblems(saving.error, fieldIds) : null
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
      <Textarea
        id={fieldIds.accountIds}
        label="Account IDs"
        description="One on each line. Only accounts that this one manages can be served; where one is taken off, the Atom Cloud leaves its environment."
        rows={6}
        spellCheck={false}
        data-autofocus
        value={text}
        error={refused?.byField['accountIds']}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <DialogActions>
        <Button type="submit" loading={saving.isPending}>
          Save
        </Button>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
      </DialogActions>
    </form>
  )
}
