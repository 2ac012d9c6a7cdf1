import type { ManagedAccountView } from '@packline/contract/accounts.ts'
import { isAccountFeature } from '@packline/domain/accounts/features.ts'
import { useMutation } from '@tanstack/react-query'
import { currentVersionOf, hasCode } from '../../lib/api-problem.ts'
import { Conflict } from '../../ui/conflict.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { announce } from '../../ui/live-region.tsx'
import { useAsOpened } from '../../ui/use-as-opened.ts'
import { editManagedAccount, refreshManagedAccounts } from './account-setup.queries.ts'
import { ManagedAccountForm, type ManagedAccountDraft } from './managed-account-form.tsx'

type EditAccountDialogProps = { account: ManagedAccountView; isOpen: boolean; onClose: () => void }
type Attempt = { draft: ManagedAccountDraft; version: number }

export function EditAccountDialog({ account, isOpen, onClose }: EditAccountDialogProps) {
  const opened = useAsOpened(account, isOpen)
  const { mutate, isPending, error, variables, reset } = useMutation({
    mutationFn: ({ draft, version }: Attempt) =>
      editManagedAccount({ id: opened.id, version }, { ...draft, features: [...draft.features] }),
    onSuccess: async () => {
      await refreshManagedAccounts()
      announce('Account saved')
      onClose()
    },
  })
  const close = () => {
    reset()
    onClose()
  }
  const isConflict = hasCode(error, 'account-changed')
  return (
    <Dialog isOpen={isOpen} onClose={close} title="Edit Account" size="lg" isBusy={isPending}>
      <ManagedAccountForm
        initial={draftOf(opened)}
        submitLabel="Save"
        isBusy={isPending}
        error={error}
        {...(isConflict && {
          conflict: (
            <Conflict
              message={error.message}
              isBusy={isPending}
              onKeepNewer={() => {
                close()
                void refreshManagedAccounts()
              }}
              onAnyway={() =>
                variables && mutate({ draft: variables.draft, version: currentVersionOf(error) })
              }
            />
          ),
        })}
        onSubmit={(draft) =>
          mutate({ draft, version: isConflict ? currentVersionOf(error) : opened.version })
        }
        onCancel={close}
      />
    </Dialog>
  )
}

const draftOf = (account: ManagedAccountView): ManagedAccountDraft => ({
  name: account.name,
  status: account.status === 'suspended' ? (account.suspendedFrom ?? 'active') : account.status,
  environmentSupport: account.environmentSupport,
  legacyDeployment: account.legacyDeployment,
  features: account.features
    .filter(({ isOn }) => isOn)
    .map(({ name }) => name)
    .filter(isAccountFeature),
})
