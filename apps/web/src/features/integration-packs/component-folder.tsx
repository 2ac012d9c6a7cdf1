import type { AddableComponent } from '@packline/contract/integration-packs.ts'
import { componentTypeTable } from '@packline/domain/packaged-components/component-type.ts'
import { Checkbox, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useState } from 'react'
import { plural } from '../../lib/dates.ts'
import classes from './add-packages-dialog.module.css'
import { addableIn, type Folder } from './folder-tree.ts'

type Choice = { selected: ReadonlySet<string>; onChange: (selected: ReadonlySet<string>) => void }

/** The folders and components in a folder, each with a check box; a folder's box stands for everything in it. */
export function ComponentFolder({ folder, ...choice }: Choice & { folder: Folder }) {
  return (
    <>
      {folder.folders.length > 0 && (
        <ul className={classes['folders']}>
          {folder.folders.map((inner) => (
            <FolderItem key={inner.path} folder={inner} {...choice} />
          ))}
        </ul>
      )}
      {folder.components.length > 0 && (
        <ul className={classes['components']}>
          {folder.components.map((component) => (
            <ComponentItem key={component.componentId} component={component} {...choice} />
          ))}
        </ul>
      )}
    </>
  )
}

function FolderItem({ folder, selected, onChange }: Choice & { folder: Folder }) {
  const [isOpen, setOpen] = useState(true)
  const ids = addableIn(folder).map(({ componentId }) => componentId)
  const chosen = ids.filter((id) => selected.has(id)).length
  const isAll = ids.length > 0 && chosen === ids.length
  return (
    <li>
      <div className={classes['folder']}>
        <UnstyledButton
          className={classes['fold']}
          aria-expanded={isOpen}
          aria-label={`Folder ${folder.name}`}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? <IconChevronDown size={16} aria-hidden /> : <IconChevronRight size={16} aria-hidden />}
        </UnstyledButton>
        <Checkbox
          label={folder.name}
          description={ids.length === 0 ? 'Everything in it is in the pack' : plural(ids.length, 'component')}
          checked={isAll}
          indeterminate={chosen > 0 && !isAll}
          disabled={ids.length === 0}
          onChange={() => onChange(isAll ? without(selected, ids) : new Set([...selected, ...ids]))}
        />
      </div>
      {isOpen && <ComponentFolder folder={folder} selected={selected} onChange={onChange} />}
    </li>
  )
}

function ComponentItem({ component, selected, onChange }: Choice & { component: AddableComponent }) {
  const { componentId, componentName, componentType, newest, isInPack } = component
  const type = componentTypeTable[componentType].label
  return (
    <li className={classes['component']}>
      <Checkbox
        label={componentName}
        description={isInPack ? `${type} · already in the pack` : `${type} · version ${newest.version}`}
        checked={isInPack || selected.has(componentId)}
        disabled={isInPack}
        onChange={(event) =>
          onChange(
            event.currentTarget.checked
              ? new Set([...selected, componentId])
              : without(selected, [componentId]),
          )
        }
      />
    </li>
  )
}

function without(selected: ReadonlySet<string>, ids: readonly string[]): ReadonlySet<string> {
  const gone = new Set(ids)
  return new Set([...selected].filter((id) => !gone.has(id)))
}
