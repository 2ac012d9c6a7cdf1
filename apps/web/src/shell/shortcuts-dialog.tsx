import { Kbd, Switch, Table } from '@mantine/core'
import { useState } from 'react'
import { Dialog } from '../ui/dialog.tsx'
import type { NavEntry } from './nav-entries.ts'
import { areSingleKeysOn, switchSingleKeys } from './single-keys.ts'

export function ShortcutsDialog({ entries, onClose }: { entries: readonly NavEntry[]; onClose: () => void }) {
  const [isOn, setOn] = useState(areSingleKeysOn)
  const shortcuts: [string, string][] = [
    ['Ctrl K or ⌘ K', 'Find a page or a command'],
    ['?', 'Show this list'],
    ['/', 'Go to the search field of the page'],
    ...entries.map(({ key, area, label }): [string, string] => [key, `Go to ${area} > ${label}`]),
  ]
  return (
    <Dialog isOpen onClose={onClose} title="Keyboard shortcuts">
      <Table aria-label="Keyboard shortcuts">
        <Table.Tbody>
          {shortcuts.map(([keys, what]) => (
            <Table.Tr key={keys}>
              <Table.Th scope="row" fw={400}>
                {what}
              </Table.Th>
              <Table.Td>
                <Kbd>{keys}</Kbd>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Switch
        mt="lg"
        label="Shortcuts of a single key"
        description="Ctrl K and ⌘ K work in any case."
        checked={isOn}
        onChange={(event) => {
          setOn(event.currentTarget.checked)
          switchSingleKeys(event.currentTarget.checked)
        }}
      />
    </Dialog>
  )
}
