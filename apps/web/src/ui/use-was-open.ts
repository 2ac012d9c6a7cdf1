import { useState } from 'react'

/** True from the first time on that it is open: what was shown once stays, so that it can close in its own way. */
export function useWasOpen(isOpen: boolean): boolean {
  const [wasOpen, setWasOpen] = useState(isOpen)
  if (isOpen && !wasOpen) setWasOpen(true)
  return wasOpen || isOpen
}
