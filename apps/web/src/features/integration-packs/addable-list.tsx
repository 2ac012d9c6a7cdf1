import { Button } from '@mantine/core'
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query'
import { type ReactNode, useMemo, useState } from 'react'
import { api } from '../../api.ts'
import { formatCount, plural } from '../../lib/dates.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { Loading } from '../../ui/loading.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import classes from './add-packages-dialog.module.css'
import { ComponentFolder } from './component-folder.tsx'
import { folderTree } from './folder-tree.ts'

const pageSize = 200

const addableQuery = (packId: string, filter: string) =>
  infiniteQueryOptions({
    queryKey: ['packs', packId, 'addable', filter],
    staleTime: 0,
    initialPageParam: 1,
    queryFn: ({ pageParam, signal }) =>
      api.listAddable(packId, { filter, page: pageParam, pageSize }, signal),
    getNextPageParam: ({ page, total }) => (page * pageSize < total ? page + 1 : undefined),
  })

type AddableListProps = {
  listId: string
  packId: string
  selected: ReadonlySet<string>
  onChange: (selected: ReadonlySet<string>) => void
  empty: ReactNode
}

/** The components that can be added, in their folders. What is selected stays so while the filter changes. */
export function AddableList({ listId, packId, selected, onChange, empty }: AddableListProps) {
  const [filter, setFilter] = useState('')
  const query = useInfiniteQuery({
    ...addableQuery(packId, filter.trim()),
    placeholderData: (before) => before,
  })
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.rows) ?? [], [query.data])
  const root = useMemo(() => folderTree(rows), [rows])
  const total = query.data?.pages[0]?.total ?? 0

  return (
    <>
      <SearchField
        label="Filter Components"
        isLabelShown
        isFirst
        placeholder="Part of a component’s name"
        value={filter}
        onChange={setFilter}
      />
      <div id={listId} tabIndex={-1} role="group" aria-label="Components" className={classes['box']}>
        {query.isPending && <Loading lines={5} />}
        {query.error && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
        {query.data && rows.length === 0 && (
          <p>
            {filter.trim() === ''
              ? empty
              : `No component that can be added has “${filter.trim()}” in its name.`}
          </p>
        )}
        {rows.length > 0 && <ComponentFolder folder={root} selected={selected} onChange={onChange} />}
      </div>
      <div className={classes['more']} role="status">
        {query.data && rows.length < total && (
          <>
            <span>
              {formatCount(rows.length)} of {plural(total, 'component')} shown
            </span>
            <Button
              variant="default"
              size="compact-sm"
              loading={query.isFetchingNextPage}
              onClick={() => void query.fetchNextPage()}
            >
              Show {formatCount(Math.min(pageSize, total - rows.length))} more
            </Button>
          </>
        )}
        {selected.size > 0 && <span>{plural(selected.size, 'component')} selected</span>}
      </div>
    </>
  )
}
