import type { AddedAtom } from '@packline/contract/atoms.ts'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { Dialog } from '../../ui/dialog.tsx'
import { DialogActions } from '../../ui/dialog-actions.tsx'
import { DialogStep } from '../../ui/dialog-step.tsx'
import { AddAtomForm } from './add-atom-form.tsx'
import { InstallCommand } from './install-command.tsx'

type AddAtomDialogProps = {
  isOpen: boolean
  /** The environment on the page, proposed for the new Atom. */
  environmentId: string | null
  /** With the id of the Atom that was added, or null. */
  onClose: (addedId: string | null) => void
}

/** Adds an Atom, Molecule or Atom Cloud, then shows once how to install it. */
export function AddAtomDialog({ isOpen, environmentId, onClose }: AddAtomDialogProps) {
  const [added, setAdded] = useState<AddedAtom | null>(null)
  const close = () => {
    onClose(added?.atom.id ?? null)
    setAdded(null)
  }
  return (
    <Dialog isOpen={isOpen} onClose={close} title="Add Atom" size="lg">
      {added ? (
        <DialogStep title={`Install ${added.atom.name}`}>
          <InstallCommand token={added} />
          <DialogActions>
            <Button onClick={close}>Done</Button>
          </DialogActions>
        </DialogStep>
      ) : (
        <AddAtomForm environmentId={environmentId} onAdded={setAdded} onClose={close} />
      )}
    </Dialog>
  )
}
