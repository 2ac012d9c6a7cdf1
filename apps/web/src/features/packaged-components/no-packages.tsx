import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { EmptyState } from '../../ui/empty-state.tsx'

type NoPackagesProps = { isFiltered: boolean; onShowAll: () => void; createButton: ReactNode }

/** In place of the rows: nothing found, or nothing there yet. */
export function NoPackages({ isFiltered, onShowAll, createButton }: NoPackagesProps) {
  return isFiltered ? (
    <EmptyState
      action={
        <Button variant="default" onClick={onShowAll}>
          Show all packaged components
        </Button>
      }
    >
      No packaged component matches what you are looking for.
    </EmptyState>
  ) : (
    <EmptyState action={createButton}>
      There are no packaged components yet. Package a component to deploy it or to put it into an integration
      pack.
    </EmptyState>
  )
}
