import { ActionIcon, Menu } from '@mantine/core'
import type { PackageView } from '@packline/contract/packaged-components.ts'
import { IconSettings } from '@tabler/icons-react'
import { api } from '../../api.ts'
import { nameOf } from './package-words.ts'

/** What was chosen to do with one package. */
export type PackageAct = { kind: 'details' | 'history' | 'compare' | 'delete' | 'restore'; one: PackageView }

type PackageActionsProps = { one: PackageView; onAct: (act: PackageAct) => void }

/** The gear of a row. */
export function PackageActions({ one, onAct }: PackageActionsProps) {
  const item = (kind: PackageAct['kind'], words: string) => (
    <Menu.Item onClick={() => onAct({ kind, one })}>{words}</Menu.Item>
  )
  return (
    <Menu position="bottom-start" returnFocus withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={`Actions for ${nameOf(one)}`}>
          <IconSettings size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {item('details', 'View details')}
        {item('history', 'Version history')}
        {item('compare', 'Compare two versions')}
        {one.status === 'active'
          ? item('delete', 'Delete Packaged Component')
          : item('restore', 'Restore Packaged Component')}
        <Menu.Item component="a" href={api.downloadPackageUrl(one.id)} download>
          Download
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
