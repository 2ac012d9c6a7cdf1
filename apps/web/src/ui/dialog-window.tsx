import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './dialog-window.module.css'

export type DialogProps = {
  isOpen: boolean
  onClose: () => void
  title: ReactNode
  children: ReactNode
  size?: 'sm' | 'md' | 'lg' | 'xl'
  /** While something is being saved, neither Escape nor a click beside it closes the dialog. */
  isBusy?: boolean
  /** Something open inside, such as a calendar, is what Escape closes. */
  isEscapeTaken?: boolean
}

/** A modal dialog. The focus goes in, stays in and returns to where it came from. */
export function DialogWindow(props: DialogProps) {
  const { isOpen, onClose, title, children, size = 'md', isBusy = false, isEscapeTaken = false } = props
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={title}
      size={size}
      closeOnEscape={!isBusy && !isEscapeTaken}
      closeOnClickOutside={false}
      withCloseButton={!isBusy}
      returnFocus={false}
      classNames={{ root: classes['root'] ?? '' }}
    >
      {children}
    </Modal>
  )
}
