import type { AccountGroupView, GroupPack } from '@packline/contract/account-groups.ts'
import { packTypeTable } from '@packline/domain/packs/pack-type.ts'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { formatCount, plural } from '../../lib/dates.ts'
import { useUrlState } from '../../lib/use-url-state.ts'
import { paths } from '../../paths.ts'
import { usePermission, useReaderZone } from '../../session.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { FilterBar } from '../../ui/filter-bar.tsx'
import { Moment } from '../../ui/moment.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import type { TableColumn } from '../../ui/table-column.ts'
import { tableTicks } from '../../ui/table-ticks.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import classes from './account-groups.module.css'
import { groupQueries, pageSize } from './account-groups.queries.ts'
import { AddPacksDialog } from './add-packs-dialog.tsx'
import { resourceFields } from './group-address.ts'
import { RemovePacksDialog } from './remove-packs-dialog.tsx'

const none: ReadonlyMap<string, string> = new Map()
const rowId = ({ id }: GroupPack) => id

/** The integration packs of the group; sharing one covers all its later releases. */
export function GroupPacks({ group }: { group: AccountGroupView }) {
  const [{ search, page }, setState] = useUrlState(resourceFields)
  const [selected, setSelected] = useState<ReadonlyMap<string, string>>(none)
  const [open, setOpen] = useState<'add' | 'remove' | null>(null)
  const zone = useReaderZone()
  const permission = usePermission('share-packs')
  const seesPacks = usePermission('view-packs').kind === 'allowed'
  const query = useQuery(groupQueries.packs(group.id, { search, page }))
  const mayChange = permission.kind === 'allowed'
  const close = () => setOpen(null)
  const addButton = mayChange && <Button onClick={() => setOpen('add')}>Add Integration Packs</Button>
  const rows = query.data?.rows
  return (
    <section aria-labelledby="packs-in-group" className={classes['section']}>
      <div className={classes['head']}>
        <h3 id="packs-in-group">Integration Packs</h3>
        <div className={classes['actions']} data-no-print>
          {group.packCount > 0 && addButton}
          {mayChange && selected.size > 0 && (
            <Button variant="default" onClick={() => setOpen('remove')}>
              {`Remove ${formatCount(selected.size)} Selected`}
            </Button>
          )}
        </div>
      </div>
      <p className={classes['note']}>
        The accounts of the group can install these packs and get every later release of them: you share a
        pack only once.
      </p>
      {group.packCount > 0 && (
        <FilterBar label="Search packs">
          <SearchField
            label="Search integration packs"
            placeholder="Part of a pack’s name"
            value={search}
            onChange={(text) => setState({ search: text })}
          />
        </FilterBar>
      )}
      {query.error && !query.data ? (
        <ErrorState
          title="The integration packs could not be loaded"
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      ) : (
        <DataTable<GroupPack>
          label="Integration Packs in Group"
          columns={columnsFor(zone, seesPacks)}
          rows={rows}
          rowId={rowId}
          isRefreshing={query.isPlaceholderData}
          minWidth={720}
          {...(mayChange && {
            ticks: tableTicks({
              selected: new Set(selected.keys()),
              onChange: (ids) =>
                setSelected(
                  new Map(
                    [...ids].map((id) => [
                      id,
                      rows?.find((row) => row.id === id)?.name ?? selected.get(id) ?? '',
                    ]),
                  ),
                ),
              rowId,
              nameOf: ({ name }: GroupPack) => name,
            }),
          })}
          empty={
            <EmptyState action={search === '' && addButton}>
              {search === ''
                ? 'No integration pack is shared through this group yet.'
                : `No integration pack of the group has “${search}” in its name.`}
            </EmptyState>
          }
        />
      )}
      {query.data && (
        <Pagination
          noun="integration packs"
          page={page}
          pageSize={pageSize}
          total={query.data.total}
          onPage={(next) => setState({ page: next }, { push: true })}
        />
      )}
      <AddPacksDialog isOpen={open === 'add'} group={group} onClose={close} />
      <RemovePacksDialog
        isOpen={open === 'remove'}
        group={group}
        packs={selected}
        onClose={close}
        onRemoved={() => {
          setSelected(none)
          close()
        }}
      />
    </section>
  )
}

const columnsFor = (zone: string, seesPacks: boolean): TableColumn<GroupPack>[] => [
  {
    id: 'name',
    header: 'Name',
    isRowHeader: true,
    cell: ({ id, name }) => (seesPacks ? <TextLink to={paths.pack(id)}>{name}</TextLink> : name),
  },
  { id: 'type', header: 'Type', cell: ({ type }) => packTypeTable[type].label },
  {
    id: 'release',
    header: 'Current release',
    isUnbroken: true,
    cell: ({ sequence, isCatchingUp }) => (
      <>
        Release {formatCount(sequence)}{' '}
        {isCatchingUp && <StatusBadge tone="running">Installations are catching up</StatusBadge>}
      </>
    ),
  },
  {
    id: 'installed',
    header: 'Installed in the group',
    cell: ({ installations, accounts }) =>
      installations === 0
        ? 'Nowhere yet'
        : `${plural(installations, 'installation')} in ${plural(accounts, 'account')}`,
  },
  {
    id: 'shared',
    header: 'Shared',
    cell: ({ sharedAt, sharedByName }) => (
      <>
        <Moment at={sharedAt} zone={zone} />
        {sharedByName !== '' && ` by ${sharedByName}`}
      </>
    ),
  },
]
