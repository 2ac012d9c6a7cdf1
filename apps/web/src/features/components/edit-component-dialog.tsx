import type { ComponentDetails } from '@packline/contract/components.ts'
import { useMutation } from '@tanstack/react-query'
import { Dialog } from '../../ui/dialog.tsx'
import { announce } from '../../ui/live-region.tsx'
import { ComponentForm } from './component-form.tsx'
import { editComponent, refreshComponents } from './components.queries.ts'

type EditComponentDialogProps = { component: ComponentDetails; isOpen: boolean; onClose: () => void }

export function EditComponentDialog({ component, isOpen, onClose }: EditComponentDialogProps) {
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: ({ name, folder, containsProcessRoute }: Parameters<typeof editComponent>[1]) =>
      editComponent(component.id, { name, folder, containsProcessRoute }),
    onSuccess: async () => {
      await refreshComponents()
      announce('Component saved')
      onClose()
    },
  })
  const close = () => {
    reset()
    onClose()
  }
  return (
    <Dialog isOpen={isOpen} onClose={close} title="Edit Component" isBusy={isPending}>
      <ComponentForm
        initial={component}
        isNew={false}
        submitLabel="Save"
        isBusy={isPending}
        error={error}
        onSubmit={mutate}
        onCancel={close}
      />
    </Dialog>
  )
}
