import { memo, type ReactNode } from 'react'

/** Words of a dialog that stay as they are while it closes, whatever has become of what they were about. */
export const WhileOpen = memo(
  ({ children }: { isOpen: boolean; children: ReactNode }) => children,
  (_before, { isOpen }) => !isOpen,
)
