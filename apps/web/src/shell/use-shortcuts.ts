import { useEffect, useEffectEvent } from 'react'
import { useNavigate } from 'react-router'
import type { NavEntry } from './nav-entries.ts'
import { areSingleKeysOn } from './single-keys.ts'

type Shortcuts = {
  entries: readonly Pick<NavEntry, 'key' | 'to'>[]
  /** While a dialog is on its way, letters are meant for it. */
  isPaused: boolean
  open: (what: 'palette' | 'shortcuts') => void
}

/** Ctrl or Cmd with K opens the palette; the single keys work outside of fields and dialogs and can be switched off. */
export function useShortcuts({ entries, isPaused, open }: Shortcuts) {
  const navigate = useNavigate()

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k') {
      event.preventDefault()
      open('palette')
      return
    }
    if (
      event.ctrlKey ||
      event.metaKey ||
      event.altKey ||
      isPaused ||
      isTaken(event.target) ||
      !areSingleKeysOn()
    )
      return

    if (event.key === '?') {
      open('shortcuts')
    } else if (event.key === '/') {
      const field = document.querySelector<HTMLInputElement>('main input[type="search"]')
      if (!field) return
      field.focus()
    } else {
      const entry = entries.find(({ key }) => key === event.key)
      if (!entry) return
      void navigate(entry.to)
    }
    event.preventDefault()
  })

  useEffect(() => {
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}

/** Letters typed into a field, a menu or a dialog are meant for it. */
const isTaken = (target: EventTarget | null) =>
  target instanceof Element &&
  target.closest(
    'input, textarea, select, [contenteditable], [role="menu"], [role="listbox"], [role="dialog"]',
  ) !== null
