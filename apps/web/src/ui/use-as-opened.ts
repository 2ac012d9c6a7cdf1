import { useState } from 'react'

/**
 * What a dialog was opened with: what is read anew behind it changes neither what is typed nor what was decided on, so a
 * later change by somebody else is a conflict, not something to overwrite.
 */
export function useAsOpened<Thing>(thing: Thing, isOpen: boolean): Thing {
  const [opened, setOpened] = useState(thing)
  if (!isOpen && opened !== thing) setOpened(thing)
  return isOpen ? opened : thing
}
