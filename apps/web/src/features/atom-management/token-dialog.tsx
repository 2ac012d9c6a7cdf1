import type { AtomView } from '@packline/contract/atoms.ts'
import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { api } from '../../api.ts'
import { sendOnce } from '../../lib/send-once.ts'
import { refreshManagedAccount } from '../../packs/managed-account.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { DialogActions } from '../../ui/dialog-actions.tsx'
import { DialogStep } from '../../ui/dialog-step.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { InstallCommand } from './install-command.tsx'

type TokenDialogProps = { isOpen: boolean; atom: AtomView; onClose: () => void }

/** A new one-time token for an Atom: for another node, or for a machine that was set up anew. */
export function TokenDialog({ isOpen, atom, onClose }: TokenDialogProps) {
  const { id: atomId, name, type } = atom
  const asking = useMutation({
    mutationFn: () =>
      sendOnce({ act: 'new atom token', atomId }, (idempotencyKey) =>
        api.newAtomToken({ atomId, idempotencyKey }),
      ),
    onSuccess: refreshManagedAccount,
  })
  const close = () => {
    asking.reset()
    onClose()
  }
  return (
    <Dialog
      isOpen={isOpen}
      onClose={close}
      title={`New install command for ${name}`}
      size="lg"
      isBusy={asking.isPending}
    >
      {asking.data ? (
        <DialogStep title="Install command">
          <InstallCommand token={asking.data} />
          <DialogActions>
            <Button onClick={close}>Done</Button>
          </DialogActions>
        </DialogStep>
      ) : (
        <>
          <p>
            {type === 'ATOM'
              ? 'The command holds a token that works once, for one hour; one given out before ends. An Atom runs on one machine: when the new installation registers, the one before is no longer accepted.'
              : 'The command holds a token that works once, for one hour. Every node needs a command of its own.'}
          </p>
          {asking.error && <ErrorState error={asking.error} />}
          <DialogActions>
            <Button loading={asking.isPending} onClick={() => asking.mutate()} data-autofocus>
              Show install command
            </Button>
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
          </DialogActions>
        </>
      )}
    </Dialog>
  )
}
