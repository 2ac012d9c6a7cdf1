import type { AtomView, ServedAccount } from '@packline/contract/atoms.ts'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { api } from '../../api.ts'
import { fieldProblems, isRefusal } from '../../lib/field-problems.ts'
import { sendOnce } from '../../lib/send-once.ts'
import { useSaveSeen } from '../../lib/use-save-seen.ts'
import { refreshManagedAccount } from '../../packs/managed-account.ts'
import { Conflict } from '../../ui/conflict.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { DialogActions } from '../../ui/dialog-actions.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { FormErrors } from '../../ui/form-errors.tsx'
import type { WithETag } from '../../request.ts'
import { announce } from '../../ui/live-region.tsx'
import { AccountSearch } from './account-search.tsx'
import { ChosenAccounts } from './chosen-accounts.tsx'

const fieldIds = { accountIds: 'add-served-account' }

type ServeAccountsFormProps = {
  atom: WithETag<AtomView>
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
  const saving = useSaveSeen({
    etag: atom.etag,
    send: (accountIds: string[], ifMatch) =>
      sendOnce({ act: 'serve accounts', atomId, accountIds, ifMatch }, (idempotencyKey) =>
        api.serveAccounts({ atomId, idempotencyKey, ifMatch }, { accountIds }),
      ),
    onSaved: async () => {
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
        saving.save(chosen.map(({ id }) => id))
      }}
    >
      {refused && <FormErrors errors={refused.summary} />}
      {saving.error && !refused && <ErrorState error={saving.error} />}
      {saving.conflict && (
        <Conflict
          message={saving.conflict.message}
          isBusy={saving.isSaving}
          onKeepNewer={() => {
            onClose()
            void refreshManagedAccount()
          }}
          onAnyway={saving.conflict.saveAnyway}
        />
      )}
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
        <Button type="submit" loading={saving.isSaving}>
          Save
        </Button>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
      </DialogActions>
    </form>
  )
}
