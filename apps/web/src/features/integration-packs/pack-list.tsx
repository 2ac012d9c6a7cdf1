import type { PackListItem } from '@packline/contract/integration-packs.ts'
import { memo, useCallback, useDeferredValue, useMemo, useState } from 'react'
import { formatCount, formatShortDay, plural } from '../../lib/dates.ts'
import { paths } from '../../paths.ts'
import { SearchField } from '../../ui/search-field.tsx'
import {
  SideFound,
  SideLink,
  SideList,
  SideListItem,
  SideListItems,
  SideListRest,
  SideNote,
} from '../../ui/side-list.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { usePieces } from '../../ui/use-pieces.ts'

type PackListProps = { packs: readonly PackListItem[]; chosenId: string | undefined }

/** Above this many packs a filter is worth its place. */
const filterFrom = 8
/** More than fit into the list. The others follow so many at a time, as somebody comes near them. */
const drawnAtOnce = 50

/** Every pack of the account by name. What is chosen is drawn in any case, with all before it. */
export function PackList({ packs, chosenId }: PackListProps) {
  const [filter, setFilter] = useState('')
  const wanted = useDeferredValue(filter.trim().toLowerCase())
  const shown = useMemo(
    () => (wanted === '' ? packs : packs.filter(({ name }) => name.toLowerCase().includes(wanted))),
    [packs, wanted],
  )
  const blocks = useMemo(() => inBlocks(shown), [shown])
  const chosenPlace = shown.findIndex(({ id }) => id === chosenId)
  const [reached, setReached] = useState(1)
  const needed = Math.max(reached, Math.floor(chosenPlace / drawnAtOnce) + 1)
  const drawn = usePieces(Math.min(needed, blocks.length), { first: 1, more: 1 })
  const isChosenDrawn = chosenPlace < drawn * drawnAtOnce
  const undrawn = shown.length - drawn * drawnAtOnce
  const drawMore = useCallback(() => setReached(drawn + 1), [drawn])
  return (
    <SideList label="Integration packs" count={plural(packs.length, 'integration pack')}>
      {packs.length >= filterFrom && (
        <SearchField
          label="Filter integration packs"
          placeholder="Filter by name"
          value={filter}
          onChange={setFilter}
        />
      )}
      <SideListItems revealBy={`${chosenId} ${wanted} ${isChosenDrawn}`} isLong={packs.length > 100}>
        {blocks.slice(0, drawn).map((block) => (
          <PackLinks key={block[0]?.id} packs={block} />
        ))}
        {undrawn > 0 && <SideListRest key={drawn} lines={undrawn} ahead={drawnAtOnce} onNear={drawMore} />}
      </SideListItems>
      {wanted !== '' && (
        <SideFound>
          {shown.length === 0
            ? 'No pack has this in its name.'
            : `${formatCount(shown.length)} of ${formatCount(packs.length)}`}
        </SideFound>
      )}
    </SideList>
  )
}

const inBlocks = (packs: readonly PackListItem[]) =>
  Array.from({ length: Math.ceil(packs.length / drawnAtOnce) }, (_, place) =>
    packs.slice(place * drawnAtOnce, (place + 1) * drawnAtOnce),
  )

/** Not drawn again while somebody types and the list is still the same. */
const PackLinks = memo(({ packs }: { packs: readonly PackListItem[] }) =>
  packs.map((pack) => (
    <SideListItem key={pack.id}>
      <SideLink to={paths.pack(pack.id)} name={pack.name}>
        <PackMark pack={pack} />
      </SideLink>
    </SideListItem>
  )),
)

function PackMark({ pack: { isReleasing, hasFailed, scheduled, currentSequence } }: { pack: PackListItem }) {
  if (isReleasing) return <StatusBadge tone="running">Releasing</StatusBadge>
  if (hasFailed) return <StatusBadge tone="bad">Release failed</StatusBadge>
  if (scheduled) {
    return <StatusBadge tone="waiting">{`Scheduled ${formatShortDay(scheduled.releaseOn)}`}</StatusBadge>
  }
  return <SideNote>{currentSequence === null ? 'Not released yet' : `Release ${currentSequence}`}</SideNote>
}
