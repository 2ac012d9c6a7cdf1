import type { VersionChoice } from '@packline/contract/integration-packs.ts'
import { Button, Radio, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { plural } from '../../lib/dates.ts'
import { useReaderZone } from '../../session.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { DialogActions } from '../../ui/dialog-actions.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Moment } from '../../ui/moment.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { versionChoicesQuery } from './release-wizard.queries.ts'
import classes from './select-version-dialog.module.css'
import type { WizardRow } from './wizard-rows.ts'

/** Above this many versions a search is worth its place. */
const searchFrom = 11

type SelectVersionDialogProps = {
  isOpen: boolean
  packId: string
  /** The row whose version is changed; null while the dialog is closed. */
  row: WizardRow | null
  onClose: () => void
  onSelect: (row: WizardRow, packageId: string) => void
}

export function SelectVersionDialog({ isOpen, packId, row, onClose, onSelect }: SelectVersionDialogProps) {
  // The dialog keeps its content while it closes.
  const [shown, setShown] = useState(row)
  useEffect(() => {
    if (row) setShown(row)
  }, [row])
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title="Select Version" size="lg">
      {shown && (
        <VersionForm
          key={shown.componentId}
          packId={packId}
          row={shown}
          onClose={onClose}
          onSelect={onSelect}
        />
      )}
    </Dialog>
  )
}

type VersionFormProps = Omit<SelectVersionDialogProps, 'isOpen'> & { row: WizardRow }

function VersionForm({ packId, row, onClose, onSelect }: VersionFormProps) {
  const choices = useQuery(versionChoicesQuery(packId, row.componentId))
  const [picked, setPicked] = useState(row.chosen?.packageId ?? row.selected.packageId)
  const [search, setSearch] = useState('')
  const form = useRef<HTMLFormElement>(null)
  const isLoaded = choices.data !== undefined
  useEffect(() => {
    // The versions may come after the dialog, which has put the focus elsewhere until then.
    if (isLoaded) form.current?.querySelector<HTMLInputElement>('input:checked')?.focus()
  }, [isLoaded])
  const wanted = search.trim().toLowerCase()
  const shown = choices.data?.filter(
    ({ version, notes }) => version.toLowerCase().includes(wanted) || notes.toLowerCase().includes(wanted),
  )
  return (
    <form
      ref={form}
      onSubmit={(event) => {
        event.preventDefault()
        onSelect(row, picked)
      }}
    >
      {choices.isPending && <Loading lines={4} />}
      {choices.error && !choices.data && (
        <ErrorState error={choices.error} onRetry={() => void choices.refetch()} />
      )}
      {choices.data && choices.data.length >= searchFrom && (
        <SearchField
          label="Search versions"
          placeholder="Version or words of the notes"
          value={search}
          onChange={setSearch}
        />
      )}
      {shown && (
        <Radio.Group label={`Versions of ${row.componentName}`} value={picked} onChange={setPicked}>
          <Stack gap="sm" className={classes['list']}>
            {shown.map((choice) => (
              <Choice key={choice.packageId} choice={choice} isPicked={choice.packageId === picked} />
            ))}
            {shown.length === 0 && <p>No version matches the search.</p>}
          </Stack>
        </Radio.Group>
      )}
      {choices.data && wanted !== '' && (
        <p role="status" className={classes['found']}>
          {plural(shown?.length ?? 0, 'version')} found
        </p>
      )}
      <DialogActions>
        <Button type="submit" disabled={!choices.data}>
          Select Version
        </Button>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
      </DialogActions>
    </form>
  )
}

function Choice({ choice, isPicked }: { choice: VersionChoice; isPicked: boolean }) {
  const zone = useReaderZone()
  return (
    <Radio
      value={choice.packageId}
      // Where the dialog puts the focus when the versions are there as it opens.
      data-autofocus={isPicked || undefined}
      label={
        <span className={classes['choice']}>
          <span className={classes['version']}>{choice.version}</span>
          {choice.isCurrent && <StatusBadge tone="good">current</StatusBadge>}
          {choice.isNewest && <StatusBadge tone="accent">newest</StatusBadge>}
          {choice.wasReleased && !choice.isCurrent && (
            <StatusBadge tone="neutral">previously released</StatusBadge>
          )}
        </span>
      }
      description={
        <>
          Packaged <Moment at={choice.createdAt} zone={zone} /> by {choice.createdByName}
          {choice.notes !== '' && <span className={classes['notes']}>{choice.notes}</span>}
        </>
      }
    />
  )
}
