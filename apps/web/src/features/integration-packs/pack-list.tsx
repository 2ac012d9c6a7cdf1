import type { PackListItem } from '@packline/contract/integration-packs.ts'
import { UnstyledButton } from '@mantine/core'
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react'
import { useDeferredValue, useEffect, useRef, useState } from 'react'
import { NavLink } from 'react-router'
import { formatCount, formatShortDay, plural } from '../../lib/dates.ts'
import { paths } from '../../paths.ts'
import { SearchField } from '../../ui/search-field.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import classes from './pack-list.module.css'

type PackListProps = { packs: readonly PackListItem[]; chosenId: string | undefined }

/** Above this many packs a filter is worth its place. */
const filterFrom = 8

/** Every pack of the account by name; can be folded away to give the details the whole width. */
export function PackList({ packs, chosenId }: PackListProps) {
  const [isOpen, setOpen] = useState(true)
  const [filter, setFilter] = useState('')
  const wanted = useDeferredValue(filter.trim().toLowerCase())
  const shown = wanted === '' ? packs : packs.filter(({ name }) => name.toLowerCase().includes(wanted))
  const list = useRef<HTMLUListElement>(null)

  useEffect(() => {
    // Only the list scrolls to the chosen pack, not the page.
    const chosen = list.current?.querySelector<HTMLElement>('[aria-current]')
    if (!list.current || !chosen) return
    const { offsetTop, offsetHeight } = chosen
    const { scrollTop, clientHeight } = list.current
    const isOutside = offsetTop < scrollTop || offsetTop + offsetHeight > scrollTop + clientHeight
    if (isOutside) list.current.scrollTop = offsetTop - clientHeight / 3
  }, [chosenId])

  return (
    <nav
      className={classes['root']}
      aria-label="Integration packs"
      data-folded={!isOpen || undefined}
      data-no-print
    >
      <UnstyledButton
        className={classes['fold']}
        aria-expanded={isOpen}
        aria-controls="pack-list"
        onClick={() => setOpen(!isOpen)}
      >
        {isOpen ? (
          <IconLayoutSidebarLeftCollapse size={18} aria-hidden />
        ) : (
          <IconLayoutSidebarLeftExpand size={18} aria-hidden />
        )}
        <span className={classes['count']}>{plural(packs.length, 'integration pack')}</span>
      </UnstyledButton>
      <div id="pack-list" hidden={!isOpen}>
        {packs.length >= filterFrom && (
          <SearchField
            label="Filter integration packs"
            placeholder="Filter by name"
            value={filter}
            onChange={setFilter}
          />
        )}
        <ul ref={list} className={classes['list']} data-long={packs.length > 100 || undefined}>
          {shown.map((pack) => (
            <PackLink key={pack.id} pack={pack} />
          ))}
        </ul>
        {wanted !== '' && (
          <p className={classes['found']} role="status">
            {shown.length === 0
              ? 'No pack has this in its name.'
              : `${formatCount(shown.length)} of ${formatCount(packs.length)}`}
          </p>
        )}
      </div>
    </nav>
  )
}

function PackLink({ pack }: { pack: PackListItem }) {
  return (
    <li className={classes['item']}>
      <NavLink to={paths.pack(pack.id)} className={classes['link'] ?? ''}>
        <span className={classes['name']}>{pack.name}</span>
        <PackMark pack={pack} />
      </NavLink>
    </li>
  )
}

function PackMark({ pack: { isReleasing, hasFailed, scheduled, currentSequence } }: { pack: PackListItem }) {
  if (isReleasing) return <StatusBadge tone="running">Releasing</StatusBadge>
  if (hasFailed) return <StatusBadge tone="bad">Release failed</StatusBadge>
  if (scheduled) {
    return <StatusBadge tone="waiting">{`Scheduled ${formatShortDay(scheduled.releaseOn)}`}</StatusBadge>
  }
  return (
    <span className={classes['quiet']}>
      {currentSequence === null ? 'Not released yet' : `Release ${currentSequence}`}
    </span>
  )
}
