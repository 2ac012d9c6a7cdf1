import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { api } from '../api.ts'
import { paths } from '../paths.ts'
import { Dialog } from '../ui/dialog.tsx'
import classes from './command-palette.module.css'
import { findCommands, type Command } from './find-commands.ts'
import type { NavEntry } from './nav-entries.ts'

type CommandPaletteProps = { entries: readonly NavEntry[]; onClose: () => void; onShortcuts: () => void }

/** Type a few letters of a page, a pack or a command, and press Enter. */
export function CommandPalette({ entries, onClose, onShortcuts }: CommandPaletteProps) {
  const navigate = useNavigate()
  const id = useId()
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const seesPacks = entries.some(({ to }) => to === paths.packs())
  const { data: packs = [] } = useQuery({
    queryKey: ['command-palette', 'packs'],
    queryFn: ({ signal }) => api.listPacks(signal),
    enabled: seesPacks,
  })

  const go = (to: string) => () => void navigate(to)
  const commands: Command[] = [
    ...entries.map(({ area, label, to }) => ({ id: to, kind: area, label, run: go(to) })),
    { id: 'shortcuts', kind: 'Help', label: 'Keyboard shortcuts', run: onShortcuts },
    ...packs.map((pack) => ({
      id: pack.id,
      kind: 'Integration Pack',
      label: pack.name,
      run: go(paths.pack(pack.id)),
    })),
  ]
  const found = findCommands(commands, typed)
  const current = found[Math.min(at, found.length - 1)]
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [current?.id])

  const choose = (command: Command) => {
    onClose()
    command.run()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined && found.length > 0) {
      event.preventDefault()
      setAt((Math.min(at, found.length - 1) + step + found.length) % found.length)
    } else if (event.key === 'Enter' && current) {
      event.preventDefault()
      choose(current)
    }
  }
  return (
    <Dialog isOpen onClose={onClose} title="Find a page or a command">
      <input
        className={classes['input']}
        role="combobox"
        aria-label="Page or command"
        aria-expanded
        aria-autocomplete="list"
        aria-controls={`${id}-list`}
        aria-activedescendant={current && `${id}-${current.id}`}
        value={typed}
        data-autofocus
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          setAt(0)
        }}
      />
      <ul ref={list} id={`${id}-list`} role="listbox" aria-label="Found" className={classes['list']}>
        {found.map((command) => (
          // The keys are handled at the field, which keeps the focus.
          <li
            key={command.id}
            id={`${id}-${command.id}`}
            role="option"
            aria-selected={command === current}
            className={classes['option']}
            onClick={() => choose(command)}
          >
            {command.label}
            <span className={classes['kind']}>{command.kind}</span>
          </li>
        ))}
      </ul>
      <p role="status" className={found.length === 0 ? classes['none'] : 'listeners-only'}>
        {found.length === 0 ? `Nothing is called “${typed}”.` : `${found.length} found`}
      </p>
    </Dialog>
  )
}
