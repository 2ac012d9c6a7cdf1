import type { AvailablePack } from '@packline/contract/installations.ts'
import { Button } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useRef } from 'react'
import { plural } from '../../lib/dates.ts'
import { DialogActions } from '../../ui/dialog-actions.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Loading } from '../../ui/loading.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import classes from './browse-list.module.css'
import { installationQueries } from './installations.queries.ts'

type BrowseListProps = {
  filter: string
  onFilter: (filter: string) => void
  onView: (packId: string) => void
  onClose: () => void
}

/** Every pack that the account may install, by name. */
export function BrowseList({ filter, onFilter, onView, onClose }: BrowseListProps) {
  const [wanted] = useDebouncedValue(filter.trim(), 200)
  const packs = useQuery({ ...installationQueries.browse(wanted), placeholderData: (before) => before })

  const field = useRef<HTMLDivElement>(null)

  // Also when coming back from a pack.
  useEffect(() => field.current?.querySelector('input')?.focus(), [])
  const onEscape = useEffectEvent((event: KeyboardEvent) => {
    if (event.key === 'Escape' && filter !== '') onFilter('')
  })
  useEffect(() => {
    document.addEventListener('keydown', onEscape)
    return () => document.removeEventListener('keydown', onEscape)
  }, [])

  return (
    <>
      <div ref={field}>
        <SearchField
          label="Filter Integration Packs"
          isLabelShown
          isFirst
          isImmediate
          placeholder="Part of a pack’s name"
          value={filter}
          onChange={onFilter}
        />
      </div>
      <div className={classes['box']} aria-busy={packs.isPlaceholderData}>
        {packs.isPending && <Loading lines={5} />}
        {packs.error && (
          <ErrorState
            title="The integration packs could not be loaded"
            error={packs.error}
            onRetry={() => void packs.refetch()}
          />
        )}
        {packs.data && packs.data.length > 0 && (
          <ul className={classes['list']} aria-label="Integration packs shared with this account">
            {packs.data.map((pack) => (
              <BrowseRow key={pack.id} pack={pack} onView={() => onView(pack.id)} />
            ))}
          </ul>
        )}
      </div>
      <p role="status" className={packs.data?.length === 0 ? classes['none'] : 'listeners-only'}>
        {packs.data && foundText(packs.data.length, wanted)}
      </p>
      <DialogActions>
        <Button variant="default" onClick={onClose}>
          Close
        </Button>
      </DialogActions>
    </>
  )
}

function BrowseRow({ pack, onView }: { pack: AvailablePack; onView: () => void }) {
  return (
    <li className={classes['row']}>
      <span className={classes['name']}>{pack.name}</span>
      <span className={classes['facts']}>
        {pack.publisherName} · {plural(pack.packageCount, 'package')}
      </span>
      <span className={classes['mark']}>
        {pack.installations.length > 0 && (
          <StatusBadge tone="good">
            {pack.installations.length === 1 ? 'Installed' : `Installed ${pack.installations.length} times`}
          </StatusBadge>
        )}
      </span>
      <Button variant="default" size="compact-sm" aria-label={`View ${pack.name}`} onClick={onView}>
        View
      </Button>
    </li>
  )
}

function foundText(count: number, wanted: string): string {
  if (count > 0) return `${plural(count, 'integration pack')} found`
  return wanted === ''
    ? 'No publisher shares an integration pack with this account yet.'
    : `No integration pack has “${wanted}” in its name.`
}
