import { Button, Switch, Textarea, TextInput } from '@mantine/core'
import type { PackageDraft } from '@packline/contract/packaged-components.ts'
import { componentTypeTable } from '@packline/domain/packaged-components/component-type.ts'
import { memo } from 'react'
import { formatCount } from '../../lib/dates.ts'
import { WhyNot } from '../../ui/why-not.tsx'
import classes from './add-details.module.css'
import { fieldIdOf } from './draft-errors.ts'
import type { DraftEntry, EntryErrors } from './packaging-draft.ts'

type DraftEntryFieldsProps = {
  component: PackageDraft['components'][number]
  entry: DraftEntry
  errors: EntryErrors | undefined
  hasNotesForAll: boolean
  onChange: (componentId: string, change: Partial<DraftEntry>) => void
  onLeaveOut: ((componentId: string) => void) | undefined
}

/** One component's version, notes and sharing. Up to 250 stand on the page, so only the one typed in is drawn again. */
export const DraftEntryFields = memo(DraftEntryRow)

function DraftEntryRow({
  component,
  entry,
  errors = {},
  hasNotesForAll,
  onChange,
  onLeaveOut,
}: DraftEntryFieldsProps) {
  const { componentId, componentName, componentType, currentRevision, nextVersion, canBeShared } = component
  const change = (part: Partial<DraftEntry>) => onChange(componentId, part)
  return (
    <li className={classes['item']}>
      <fieldset className={classes['fields']} id={fieldIdOf(componentId, 'componentId')} tabIndex={-1}>
        <legend className={classes['legend']}>{componentName}</legend>
        <p className={classes['kind']}>
          {componentTypeTable[componentType].label}, revision {formatCount(currentRevision)}
          {onLeaveOut && (
            <Button
              variant="subtle"
              size="compact-sm"
              aria-label={`Leave out ${componentName}`}
              onClick={() => onLeaveOut(componentId)}
            >
              Leave out
            </Button>
          )}
        </p>
        <TextInput
          id={fieldIdOf(componentId, 'version')}
          label="Version"
          placeholder={nextVersion}
          value={entry.version}
          error={errors.version}
          onChange={({ currentTarget: { value } }) => change({ version: value })}
        />
        <Textarea
          id={fieldIdOf(componentId, 'notes')}
          label="Notes"
          rows={1}
          classNames={{ input: classes['notes'] ?? '' }}
          placeholder={hasNotesForAll ? 'The notes for all' : ''}
          value={entry.notes}
          error={errors.notes}
          onChange={({ currentTarget: { value } }) => change({ notes: value })}
        />
        <div className={classes['sharing']}>
          {canBeShared ? (
            <Switch
              id={fieldIdOf(componentId, 'shareable')}
              label="Sharing allowed"
              classNames={{ track: classes['track'] ?? '' }}
              checked={entry.shareable}
              error={errors.shareable}
              onChange={({ currentTarget: { checked } }) => change({ shareable: checked })}
            />
          ) : (
            <WhyNot>{whyNotShared(component)}</WhyNot>
          )}
        </div>
        {errors.componentId !== undefined && <p className={classes['error']}>{errors.componentId}</p>}
      </fieldset>
    </li>
  )
}

const whyNotShared = ({ componentType, containsProcessRoute }: PackageDraft['components'][number]) =>
  componentType === 'process' && containsProcessRoute
    ? 'Cannot be shared: it contains a Process Route.'
    : 'Cannot be shared: only processes and API Service Components can.'
