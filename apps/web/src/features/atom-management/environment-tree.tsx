import type { AtomListItem } from '@packline/contract/atoms.ts'
import type { EnvironmentList, EnvironmentListItem } from '@packline/contract/environments.ts'
import { NativeSelect } from '@mantine/core'
import { memo, useState } from 'react'
import { useLocation } from 'react-router'
import { formatCount, plural } from '../../lib/dates.ts'
import { paths } from '../../paths.ts'
import { LinkButton } from '../../ui/link-button.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import {
  SideFound,
  SideInner,
  SideLink,
  SideList,
  SideListItem,
  SideListItems,
  SideNote,
} from '../../ui/side-list.tsx'
import { AtomStatusBadge, statusTable } from './atom-words.tsx'
import type { EnvironmentFilter } from './atoms.queries.ts'
import classes from './environment-tree.module.css'
import { statuses } from './environment-list-state.ts'

/** So many environments are shown at once, and as many more with each click. */
const shownAtOnce = 100

type EnvironmentTreeProps = {
  list: EnvironmentList
  filter: EnvironmentFilter
  onFilter: (change: Partial<EnvironmentFilter>) => void
  /** The rows are those of the filter before. */
  isRefreshing: boolean
  chosenId: string | undefined
}

/** Environments by name, each with its Atoms, then the Atoms that are in none. */
export function EnvironmentTree({ list, filter, onFilter, isRefreshing, chosenId }: EnvironmentTreeProps) {
  const { environments, unattachedAtoms, total } = list
  const [wanted, setWanted] = useState(shownAtOnce)
  const { search } = useLocation()
  const isFiltered = filter.filter !== '' || filter.status !== null
  // What is chosen is in sight, however far down it stands.
  const at = environments.findIndex(
    ({ id, atoms }) => id === chosenId || atoms.some((one) => one.id === chosenId),
  )
  const shown = environments.slice(0, Math.max(wanted, at + 1))
  const revealBy = [chosenId, filter.filter, filter.status, isRefreshing].join(' ')
  const rest = environments.length - shown.length

  return (
    <SideList label="Environments and Atoms" count={plural(total, 'environment')}>
      <div className={classes['filters']}>
        <SearchField
          label="Filter environments and Atoms"
          placeholder="Filter by name"
          value={filter.filter}
          onChange={(text) => onFilter({ filter: text })}
        />
        <NativeSelect
          aria-label="Status"
          value={filter.status ?? ''}
          onChange={({ currentTarget: { value } }) =>
            onFilter({ status: statuses.find((status) => status === value) ?? null })
          }
          data={[
            { value: '', label: 'Every status' },
            ...statuses.map((value) => ({ value, label: statusTable[value].label })),
          ]}
        />
      </div>
      {isFiltered && (
        <SideFound>
          {environments.length + unattachedAtoms.length === 0
            ? 'No environment and no Atom fits.'
            : `${formatCount(environments.length)} of ${plural(total, 'environment')}`}
        </SideFound>
      )}
      <div data-pale={isRefreshing || undefined} className={classes['tree']}>
        {shown.length > 0 && (
          <SideListItems revealBy={revealBy} isLong={environments.length > 50}>
            {shown.map((environment) => (
              <EnvironmentItem key={environment.id} environment={environment} search={search} />
            ))}
          </SideListItems>
        )}
        {rest > 0 && (
          <p className={classes['more']}>
            {formatCount(shown.length)} shown.{' '}
            <LinkButton onClick={() => setWanted(shown.length + shownAtOnce)}>
              Show {formatCount(Math.min(rest, shownAtOnce))} more
            </LinkButton>
          </p>
        )}
        {unattachedAtoms.length > 0 && (
          <>
            <h2 className={classes['group']}>In no environment</h2>
            <SideListItems revealBy={revealBy} isLong={unattachedAtoms.length > 50}>
              {unattachedAtoms.map((atom) => (
                <SideListItem key={atom.id}>
                  <AtomLink atom={atom} search={search} />
                </SideListItem>
              ))}
            </SideListItems>
          </>
        )}
      </div>
    </SideList>
  )
}

type ItemProps = { environment: EnvironmentListItem; search: string }

/** Redrawn only when its own environment has changed, since all of them are asked for again and again. */
const EnvironmentItem = memo(function EnvironmentItem({ environment, search }: ItemProps) {
  const { id, name, classification, atoms, attachmentCount } = environment
  return (
    <SideListItem>
      <SideLink to={paths.environment(id) + search} name={name}>
        <SideNote>
          {classification === 'TEST' && 'Test · '}
          {attachmentCount === 0 ? 'no integration packs' : plural(attachmentCount, 'integration pack')}
          {atoms.length === 0 && ' · no Atom'}
        </SideNote>
      </SideLink>
      {atoms.length > 0 && (
        <SideInner label={`Atoms in ${name}`}>
          {atoms.map((atom) => (
            <li key={atom.id}>
              <AtomLink atom={atom} search={search} />
            </li>
          ))}
        </SideInner>
      )}
    </SideListItem>
  )
})

function AtomLink({ atom, search }: { atom: AtomListItem; search: string }) {
  return (
    <SideLink isInner to={paths.atom(atom.id) + search} name={atom.name}>
      <AtomStatusBadge atom={atom} />
    </SideLink>
  )
}
