import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { api } from '../api.ts'
import { paths } from '../paths.ts'
import { Dialog } from '../ui/dialog.tsx'
import { useListbox } from '../ui/use-listbox.ts'
import classes from './command-palette.module.css'
import { findCommands, type Command } from './find-commands.ts'
import type { NavEntry } from './nav-entries.ts'

type CommandPaletteProps = { entries: readonly NavEntry[]; onClose: () => void; onShortcuts: () => void }

/** Type a few letters of a page, a pack, an installation or a command, and press Enter. */
export function CommandPalette({ entries, onClose, onShortcuts }: CommandPaletteProps) {
  const navigate = useNavigate()
  const [typed, setTyped] = useState('')
  const seesPacks = entries.some(({ to }) => to === paths.packs())
  const { data: packs = [] } = useQuery({
    queryKey: ['command-palette', 'packs'],
    queryFn: ({ signal }) => api.listPacks(signal),
    enabled: seesPacks,
  })

  const seesInstallations = entries.some(({ to }) => to === paths.installations())
  const { data: installations = [] } = useQuery({
    queryKey: ['command-palette', 'installations'],
    queryFn: ({ signal }) => api.listInstallations(signal),
    enabled: seesInstallations,
  })

  const go = (to: string) => () => void navigate(to)
  const commands: Command[] = [
    ...entries.map(({ area, label, to }) => ({ id: to, kind: area, label, run: go(to) })),
    { id: paths.help(), kind: 'Help', label: 'All help topics', run: go(paths.help()) },
    { id: 'shortcuts', kind: 'Help', label: 'Keyboard shortcuts', run: onShortcuts },
    ...packs.map((pack) => ({
      id: pack.id,
      kind: 'Integration Pack',
      label: pack.name,
      run: go(paths.pack(pack.id)),
    })),
    ...installations.map(({ id, name }) => ({
      id,
      kind: 'Installed Integration Pack',
      label: name,
      run: go(paths.installation(id)),
    })),
  ]
  const found = findCommands(commands, typed)
  const { inputProps, listProps, optionProps } = useListbox({
    options: found,
    idOf: ({ id }) => id,
    onChoose: (command) => {
      onClose()
      command.run()
    },
    resetBy: typed,
  })
  return (
    <Dialog isOpen onClose={onClose} title="Find a page or a command">
      <input
        {...inputProps}
        className={classes['input']}
        aria-label="Page or command"
        aria-expanded
        value={typed}
        data-autofocus
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <ul {...listProps} aria-label="Found" className={classes['list']}>
        {found.map((command) => (
          <li key={command.id} {...optionProps(command)} className={classes['option']}>
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
