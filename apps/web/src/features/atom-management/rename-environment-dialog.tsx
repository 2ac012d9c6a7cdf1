import type { EnvironmentView } from '@packline/contract/environments.ts'
import { api } from '../../api.ts'
import { sendOnce } from '../../lib/send-once.ts'
import type { WithETag } from '../../request.ts'
import { NameDialog } from './name-dialog.tsx'

type RenameEnvironmentDialogProps = {
  isOpen: boolean
  environment: WithETag<EnvironmentView>
  onClose: () => void
}

export function RenameEnvironmentDialog({ isOpen, environment, onClose }: RenameEnvironmentDialogProps) {
  const { id: environmentId } = environment
  return (
    <NameDialog
      isOpen={isOpen}
      title="Rename the environment"
      label="Name"
      initial={environment.name}
      submitLabel="Save"
      doneText="The name was saved"
      etag={environment.etag}
      send={(name, ifMatch) =>
        sendOnce({ act: 'rename environment', environmentId, name, ifMatch }, (idempotencyKey) =>
          api.editEnvironment({ environmentId, idempotencyKey, ifMatch }, { name }),
        )
      }
      onDone={onClose}
      onClose={onClose}
    />
  )
}
