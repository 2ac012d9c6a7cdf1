import type { PackView } from '@packline/contract/integration-packs.ts'
import { packSizeLimit } from '@packline/domain/packs/pack-item.ts'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { api } from '../../api.ts'
import { isRefusal } from '../../lib/field-problems.ts'
import { plural } from '../../lib/dates.ts'
import { PackChangedDialog } from '../../packs/pack-changed-dialog.tsx'
import { usePackWrite } from '../../packs/use-pack-write.ts'
import { paths } from '../../paths.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { DialogActions } from '../../ui/dialog-actions.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { FormErrors } from '../../ui/form-errors.tsx'
import { announce } from '../../ui/live-region.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { AddableList } from './addable-list.tsx'
import classes from './add-packages-dialog.module.css'

const listId = 'addable-components'

type AddPackagesDialogProps = { isOpen: boolean; pack: PackView; onClose: () => void }

export function AddPackagesDialog({ isOpen, pack, onClose }: AddPackagesDialogProps) {
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title="Add Packages to Integration Pack" size="lg">
      <AddPackagesForm pack={pack} onClose={onClose} />
    </Dialog>
  )
}

function AddPackagesForm({ pack, onClose }: Omit<AddPackagesDialogProps, 'isOpen'>) {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [isNothing, setNothing] = useState(false)
  const adding = usePackWrite({
    pack,
    act: 'add',
    send: (componentIds: string[], options) =>
      api.addPackages({ packId: pack.id, ...options }, { componentIds }),
    onDone: ({ added, undeleted }) => {
      announce(
        [
          added > 0 && `${plural(added, 'package')} added`,
          undeleted > 0 && `${plural(undeleted, 'package')} undeleted`,
        ]
          .filter(Boolean)
          .join(', ') || 'Nothing was to be added',
      )
      onClose()
    },
  })
  const inPack = pack.rows.filter(({ isRemoved }) => !isRemoved).length
  const errors = isNothing
    ? [{ fieldId: listId, message: 'Select at least one component.' }]
    : isRefusal(adding.error)
      ? [{ fieldId: listId, message: adding.error.message }]
      : []

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setNothing(selected.size === 0)
        if (selected.size > 0) adding.run([...selected].toSorted())
      }}
    >
      <FormErrors errors={errors} />
      {adding.error && !isRefusal(adding.error) && <ErrorState error={adding.error} />}
      <p className={classes['lead']}>
        The latest version of each component that may be shared is added.{' '}
        {pack.type === 'MULTI' && 'A pack of type Multiple Attachments takes no API Service components. '}
        The pack holds {inPack} of {packSizeLimit} packages.{' '}
        {/* In a tab of its own: the choice made here would be lost. */}
        <TextLink to={`${paths.help('packaging-components')}#packaged-components`} target="_blank">
          Learn more<span className="listeners-only"> about packaged components</span> (opens in a new tab)
        </TextLink>
      </p>
      <AddableList
        listId={listId}
        packId={pack.id}
        selected={selected}
        onChange={(next) => {
          setNothing(false)
          setSelected(next)
        }}
        empty={
          <>
            No component has a packaged version that may be shared.{' '}
            <TextLink to={paths.createPackages()}>Create a packaged component</TextLink> first.
          </>
        }
      />
      <DialogActions>
        <Button type="submit" loading={adding.isBusy}>
          {`Add ${selected.size} Selected ${selected.size === 1 ? 'Package' : 'Packages'}`}
        </Button>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
      </DialogActions>
      {adding.conflict && (
        <PackChangedDialog
          seen={adding.conflict.seen}
          current={adding.conflict.current}
          anywayLabel="Add to the newer state"
          isBusy={adding.isBusy}
          onAnyway={adding.runAnyway}
          onKeepNewer={onClose}
        />
      )}
    </form>
  )
}
