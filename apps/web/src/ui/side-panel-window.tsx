import { Drawer } from '@mantine/core'
import type { ReactNode } from 'react'

export type SidePanelProps = {
  isOpen: boolean
  onClose: () => void
  title: string
  children: ReactNode
  size?: 'xs' | 'md' | 'lg' | 'xl'
  side?: 'left' | 'right'
  /** A dialog that was opened from it is what Escape closes. */
  isEscapeTaken?: boolean
}

export function SidePanelWindow({
  isOpen,
  onClose,
  title,
  children,
  size = 'lg',
  side = 'right',
  isEscapeTaken = false,
}: SidePanelProps) {
  return (
    <Drawer
      opened={isOpen}
      onClose={onClose}
      title={title}
      position={side}
      size={size}
      closeOnEscape={!isEscapeTaken}
      returnFocus={false}
    >
      {children}
    </Drawer>
  )
}
