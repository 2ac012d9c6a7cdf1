import { useMutation } from '@tanstack/react-query'
import { useNavigate } from 'react-router'
import { paths } from '../../paths.ts'
import { announce } from '../../ui/live-region.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ComponentForm } from './component-form.tsx'
import { createComponent, refreshComponents } from './components.queries.ts'

const empty = { name: '', type: 'process', folder: '', containsProcessRoute: false } as const

export function CreateComponentDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const navigate = useNavigate()
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: createComponent,
    onSuccess: ({ id, name }) => {
      void refreshComponents()
      announce(`Component ${name} created`)
      void navigate(paths.component(id))
    },
  })
  const close = () => {
    reset()
    onClose()
  }
  return (
    <Dialog isOpen={isOpen} onClose={close} title="Create Component" isBusy={isPending}>
      <ComponentForm
        initial={empty}
        isNew
        submitLabel="Create Component"
        isBusy={isPending}
        error={error}
        onSubmit={mutate}
        onCancel={close}
      />
    </Dialog>
  )
}
