import { Drawer } from '@mantine/core'
import type { ReactNode } from 'react'

type SidePanelProps = {
  isOpen: boolean
  onClose: () => void
  title: string
  children: ReactNode
  size?: 'md' | 'lg' | 'xl'
}

/** Details beside the page: what was chosen on it stays chosen, and the focus returns to the link. */
export function SidePanel({ isOpen, onClose, title, children, size = 'lg' }: SidePanelProps) {
  return (
    <Drawer opened={isOpen} onClose={onClose} title={title} position="right" size={size}>
      {children}
    </Drawer>
  )
}
