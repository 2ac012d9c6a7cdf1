import type { PackView } from '@packline/contract/integration-packs.ts'
import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useBusinessNow } from '../business-time.ts'
import { relativeInstant } from '../lib/dates.ts'
import { Dialog } from '../ui/dialog.tsx'
import { DialogActions } from '../ui/dialog-actions.tsx'
import { packDifferences } from './pack-differences.ts'

type PackChangedDialogProps = {
  seen: PackView
  current: PackView
  /** What was about to be done, as a button: "Remove anyway". */
  anywayLabel: string
  onAnyway: () => void
  /** Goes on with the newer state and gives up what was about to be done. */
  onKeepNewer: () => void
  isBusy?: boolean
  children?: ReactNode
}

/** Somebody else was faster: says what they changed and lets the user choose (D-21). */
export function PackChangedDialog(props: PackChangedDialogProps) {
  const { seen, current, anywayLabel, onAnyway, onKeepNewer, isBusy = false, children } = props
  return (
    <Dialog
      isOpen
      onClose={onKeepNewer}
      title="This integration pack has changed meanwhile"
      size="lg"
      isBusy={isBusy}
    >
      <PackChanges seen={seen} current={current} />
      {children}
      <DialogActions>
        <Button onClick={onKeepNewer} disabled={isBusy} data-autofocus>
          Keep the newer state
        </Button>
        <Button variant="default" loading={isBusy} onClick={onAnyway}>
          {anywayLabel}
        </Button>
      </DialogActions>
    </Dialog>
  )
}

/** Who changed the pack, when, and what is different now. */
export function PackChanges({ seen, current }: { seen: PackView; current: PackView }) {
  const now = useBusinessNow()
  const differences = packDifferences(seen, current)
  return (
    <>
      <p>
        {current.changedByName} has changed “{current.name}” since you opened it (
        {relativeInstant(current.changedAt, now)}). Nothing of yours was saved yet.
      </p>
      {differences.length > 0 ? (
        <ul>
          {differences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      ) : (
        <p>What you see on the page has stayed the same.</p>
      )}
    </>
  )
}
