import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { Dialog } from './dialog.tsx'
import { DialogActions } from './dialog-actions.tsx'
import { ErrorState } from './error-state.tsx'
import { WhileOpen } from './while-open.tsx'

type ConfirmDialogProps = {
  isOpen: boolean
  onClose: () => void
  onConfirm: () => void
  title: string
  /** What will happen, with numbers. */
  children: ReactNode
  confirmLabel: string
  cancelLabel?: string
  isDangerous?: boolean
  isBusy?: boolean
  /** False while it is not known yet what will happen. */
  isReady?: boolean
  error?: unknown
}

/** Asks once more before something that cannot be taken back, or that reaches others. */
export function ConfirmDialog({
  isOpen,
  onClose,
  onConfirm,
  title,
  children,
  confirmLabel,
  cancelLabel = 'Cancel',
  isDangerous = false,
  isBusy = false,
  isReady = true,
  error,
}: ConfirmDialogProps) {
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={<WhileOpen isOpen={isOpen}>{title}</WhileOpen>}
      isBusy={isBusy}
    >
      <WhileOpen isOpen={isOpen}>{children}</WhileOpen>
      {error !== undefined && error !== null && <ErrorState error={error} />}
      <DialogActions>
        <Button
          color={isDangerous ? 'red.9' : 'indigo'}
          loading={isBusy}
          disabled={!isReady}
          onClick={onConfirm}
        >
          <WhileOpen isOpen={isOpen}>{confirmLabel}</WhileOpen>
        </Button>
        <Button variant="default" disabled={isBusy} onClick={onClose} data-autofocus>
          {cancelLabel}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
