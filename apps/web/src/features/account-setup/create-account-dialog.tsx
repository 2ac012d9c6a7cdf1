import { useMutation } from '@tanstack/react-query'
import { useNavigate } from 'react-router'
import { paths } from '../../paths.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { announce } from '../../ui/live-region.tsx'
import { createManagedAccount, refreshManagedAccounts } from './account-setup.queries.ts'
import { ManagedAccountForm } from './managed-account-form.tsx'

const empty = {
  name: '',
  status: 'active',
  environmentSupport: 'BASIC',
  legacyDeployment: false,
  features: [],
} as const

export function CreateAccountDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const navigate = useNavigate()
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: createManagedAccount,
    onSuccess: ({ id, name }) => {
      void refreshManagedAccounts()
      announce(`Account ${name} created`)
      void navigate(paths.managedAccount(id))
    },
  })
  const close = () => {
    reset()
    onClose()
  }
  return (
    <Dialog isOpen={isOpen} onClose={close} title="Create Account" size="lg" isBusy={isPending}>
      <ManagedAccountForm
        initial={empty}
        submitLabel="Create Account"
        isBusy={isPending}
        error={error}
        onSubmit={mutate}
        onCancel={close}
      />
    </Dialog>
  )
}
