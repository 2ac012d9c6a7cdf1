import { Drawer } from '@mantine/core'
import type { ReactNode } from 'react'

export type SidePanelProps = {
  isOpen: boolean
  onClose: () => void
  title: string
  children: ReactNode
  size?: 'xs' | 'md' | 'lg' | 'xl'
  side?: 'left' | 'right'
}

export function SidePanelWindow({
  isOpen,
  onClose,
  title,
  children,
  size = 'lg',
  side = 'right',
}: SidePanelProps) {
  return (
    <Drawer opened={isOpen} onClose={onClose} title={title} position={side} size={size} returnFocus={false}>
      {children}
    </Drawer>
  )
}
