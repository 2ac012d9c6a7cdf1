import type { ComponentDetails } from '@packline/contract/components.ts'
import { textIn, useSaveSeen } from '../../lib/use-save-seen.ts'
import type { WithETag } from '../../request.ts'
import { Conflict } from '../../ui/conflict.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { announce } from '../../ui/live-region.tsx'
import type { ComponentDraft } from './component-fields.tsx'
import { ComponentForm } from './component-form.tsx'
import { editComponent, refreshComponents } from './components.queries.ts'

type EditFormProps = { component: WithETag<ComponentDetails>; onClose: () => void }

export function EditComponentDialog({ isOpen, ...form }: EditFormProps & { isOpen: boolean }) {
  return (
    <Dialog isOpen={isOpen} onClose={form.onClose} title="Edit Component">
      <EditComponentForm {...form} />
    </Dialog>
  )
}

function EditComponentForm({ component, onClose }: EditFormProps) {
  const { save, isSaving, error, conflict } = useSaveSeen({
    etag: component.etag,
    send: ({ name, folder, containsProcessRoute }: ComponentDraft, ifMatch) =>
      editComponent({ componentId: component.id, ifMatch }, { name, folder, containsProcessRoute }),
    onSaved: async () => {
      await refreshComponents()
      announce('Component saved')
      onClose()
    },
  })
  return (
    <>
      {conflict && (
        <Conflict
          message={conflict.message}
          now={`It is called “${textIn(conflict.current, 'name')}” and lies in “${textIn(conflict.current, 'folder')}”.`}
          isBusy={isSaving}
          onKeepNewer={() => {
            onClose()
            void refreshComponents()
          }}
          onAnyway={conflict.saveAnyway}
        />
      )}
      <ComponentForm
        initial={component}
        isNew={false}
        submitLabel="Save"
        isBusy={isSaving}
        error={error}
        onSubmit={save}
        onCancel={onClose}
      />
    </>
  )
}
