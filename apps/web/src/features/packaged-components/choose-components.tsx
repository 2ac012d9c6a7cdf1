import { Button, NativeSelect } from '@mantine/core'
import {
  componentTypesByLabel,
  componentTypeTable,
} from '@packline/domain/packaged-components/component-type.ts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { formatCount } from '../../lib/dates.ts'
import { paths } from '../../paths.ts'
import { ButtonLink } from '../../ui/button-link.tsx'
import { DialogActions } from '../../ui/dialog-actions.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { FilterBar } from '../../ui/filter-bar.tsx'
import { FormErrors } from '../../ui/form-errors.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import classes from './choose-components.module.css'
import { ComponentChoiceTable } from './component-choice-table.tsx'
import {
  choiceQueryOf,
  choose,
  type CreatePackagesState,
  packagesAtOnceLimit,
  pageSize,
} from './create-packages-state.ts'
import { packageQueries } from './packages.queries.ts'

type ChooseComponentsProps = {
  state: CreatePackagesState
  onChange: (change: Partial<CreatePackagesState>, options?: { push?: boolean }) => void
}

/** The first step: any number of components up to the limit, found over any number of pages. */
export function ChooseComponents({ state, onChange }: ChooseComponentsProps) {
  const { components, search, type, page } = state
  const { data, error, isPlaceholderData, refetch } = useQuery(
    packageQueries.components(choiceQueryOf(state)),
  )
  const [problem, setProblem] = useState<string | null>(null)

  const select = (selected: ReadonlySet<string>) => {
    const isTooMany = selected.size > packagesAtOnceLimit
    setProblem(
      isTooMany
        ? `At most ${packagesAtOnceLimit} components can be packaged at once. Package the rest afterwards.`
        : null,
    )
    if (!isTooMany) onChange({ ...choose([...selected]), page })
  }
  const next = () => {
    if (components.length > 0) onChange({ step: 'details', page }, { push: true })
    else setProblem('Select at least one component.')
  }
  return (
    <>
      <FormErrors errors={problem === null ? [] : [{ message: problem }]} />
      <FilterBar label="Filter components">
        <SearchField
          label="Search by name"
          isLabelShown
          value={search}
          onChange={(text) => onChange({ search: text })}
        />
        <NativeSelect
          label="Component Type"
          value={type ?? ''}
          onChange={({ currentTarget: { value } }) =>
            onChange({ type: componentTypesByLabel.find((one) => one === value) ?? null })
          }
          data={[
            { value: '', label: 'All types' },
            ...componentTypesByLabel.map((value) => ({ value, label: componentTypeTable[value].label })),
          ]}
        />
      </FilterBar>
      {error && (
        <ErrorState title="The components could not be loaded" error={error} onRetry={() => void refetch()} />
      )}
      {!(error && !data) && (
        <ComponentChoiceTable
          rows={data?.rows}
          isRefreshing={isPlaceholderData}
          isFiltered={search !== '' || type !== null}
          selected={components}
          onSelect={select}
        />
      )}
      {data && (
        <Pagination
          noun="components"
          page={page}
          pageSize={pageSize}
          total={data.total}
          onPage={(nextPage) => onChange({ page: nextPage })}
        />
      )}
      <div className={classes['foot']}>
        <p className={classes['count']}>
          {formatCount(components.length)} of at most {packagesAtOnceLimit} selected
          {components.length > 0 && (
            <Button variant="subtle" size="compact-sm" onClick={() => select(new Set())}>
              Clear the selection
            </Button>
          )}
        </p>
        <DialogActions>
          <Button onClick={next}>Next: Add Details</Button>
          <ButtonLink variant="default" to={paths.packagedComponents()}>
            Cancel
          </ButtonLink>
        </DialogActions>
      </div>
    </>
  )
}
