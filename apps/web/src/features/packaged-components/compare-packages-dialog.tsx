import { Button } from '@mantine/core'
import type { PackageView } from '@packline/contract/packaged-components.ts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { paths } from '../../paths.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { DialogActions } from '../../ui/dialog-actions.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Loading } from '../../ui/loading.tsx'
import { WhyNot } from '../../ui/why-not.tsx'
import { packageQueries } from './packages.queries.ts'
import { VersionSelect } from './version-select.tsx'

type ComparePackagesDialogProps = { one: PackageView | null; onClose: () => void }

/** Asks with which other version one is to be compared. */
export function ComparePackagesDialog({ one, onClose }: ComparePackagesDialogProps) {
  return (
    <Dialog isOpen={one !== null} onClose={onClose} title="Compare two versions">
      {one && <CompareForm key={one.id} one={one} onClose={onClose} />}
    </Dialog>
  )
}

function CompareForm({ one, onClose }: { one: PackageView; onClose: () => void }) {
  const navigate = useNavigate()
  const { data, error, refetch } = useQuery(packageQueries.versionsOf(one.componentId))
  const [chosenId, setChosenId] = useState<string | null>(null)
  if (!data) {
    return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading lines={3} />
  }
  const others = data.versions.filter(({ id }) => id !== one.id)
  const before = others.find(({ ordinal }) => ordinal < one.ordinal) ?? others.at(-1)
  const other = others.find(({ id }) => id === chosenId) ?? before
  if (!other) {
    return <WhyNot>{one.componentName} has no other version to compare this one with.</WhyNot>
  }
  const compare = () => {
    const [older, newer] = other.ordinal < one.ordinal ? [other, one] : [one, other]
    void navigate(paths.comparePackages(older.id, newer.id))
  }
  return (
    <>
      <p>
        Compare <strong>{one.componentName}</strong> {one.version} with another of its versions.
      </p>
      <VersionSelect
        label="Other version"
        versions={others}
        value={other.id}
        onChange={setChosenId}
        isFirst
      />
      <DialogActions>
        <Button onClick={compare}>Compare</Button>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
      </DialogActions>
    </>
  )
}
