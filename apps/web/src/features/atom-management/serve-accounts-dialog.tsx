import type { AtomView, ServedAccount } from '@packline/contract/atoms.ts'
import { Button } from '@mantine/core'
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
import { AccountSearch } from './account-search.tsx'
import { ChosenAccounts } from './chosen-accounts.tsx'

const fieldIds = { accountIds: 'add-served-account' }

type ServeAccountsFormProps = {
  atom: AtomView
  served: NonNullable<AtomView['servedAccounts']>
  onClose: () => void
}

/** Chooses which managed accounts an Atom Cloud serves, all at once. */
export function ServeAccountsDialog({ isOpen, ...form }: ServeAccountsFormProps & { isOpen: boolean }) {
  return (
    <Dialog isOpen={isOpen} onClose={form.onClose} title={`Accounts served by ${form.atom.name}`}>
      <ServeAccountsForm {...form} />
    </Dialog>
  )
}

function ServeAccountsForm({ atom, served, onClose }: ServeAccountsFormProps) {
  const { id: atomId } = atom
  const [chosen, setChosen] = useState<readonly ServedAccount[]>(served)
  const saving = useMutation({
    mutationFn: () => {
      const accountIds = chosen.map(({ id }) => id)
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
      <AccountSearch
        id={fieldIds.accountIds}
        atomId={atomId}
        chosen={chosen}
        onChoose={(account) => {
          setChosen((before) => [...before, account])
          announce(`${account.name} was added to the list`)
        }}
      />
      <ChosenAccounts
        served={served}
        chosen={chosen}
        onRemove={({ id, name }) => {
          setChosen((before) => before.filter((one) => one.id !== id))
          document.getElementById(fieldIds.accountIds)?.focus()
          announce(`${name} was taken off the list`)
        }}
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
