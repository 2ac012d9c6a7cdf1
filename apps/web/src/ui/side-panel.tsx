import { Drawer } from '@mantine/core'
import type { ReactNode } from 'react'

type SidePanelProps = {
  isOpen: boolean
  onClose: () => void
  title: string
  children: ReactNode
  size?: 'xs' | 'md' | 'lg' | 'xl'
  side?: 'left' | 'right'
}

/** Details beside the page: what was chosen on it stays chosen, and the focus returns to the link. */
export function SidePanel({ isOpen, onClose, title, children, size = 'lg', side = 'right' }: SidePanelProps) {
  return (
    <Drawer opened={isOpen} onClose={onClose} title={title} position={side} size={size}>
      {children}
    </Drawer>
  )
}
