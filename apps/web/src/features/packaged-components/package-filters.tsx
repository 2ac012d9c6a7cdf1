import { Checkbox, NativeSelect } from '@mantine/core'
import {
  componentTypesByLabel,
  componentTypeTable,
} from '@packline/domain/packaged-components/component-type.ts'
import { memo } from 'react'
import { FilterBar } from '../../ui/filter-bar.tsx'
import { IdField } from '../../ui/id-field.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { ComponentFilter } from './component-filter.tsx'
import { type PackageListState, sharings } from './package-list-state.ts'
import classes from './package-filters.module.css'

type PackageFiltersProps = {
  state: PackageListState
  onChange: (change: Partial<PackageListState>) => void
}

/** Not drawn again with what comes later. */
export const PackageFilters = memo(PlainPackageFilters)

function PlainPackageFilters({ state, onChange }: PackageFiltersProps) {
  return (
    <FilterBar label="Filter packaged components">
      <SearchField
        label="Search by name or version"
        isLabelShown
        value={state.search}
        onChange={(search) => onChange({ search })}
      />
      <ComponentFilter value={state.component} onChange={(component) => onChange({ component })} />
      <NativeSelect
        label="Component Type"
        value={state.type ?? ''}
        onChange={({ currentTarget: { value } }) =>
          onChange({ type: componentTypesByLabel.find((type) => type === value) ?? null })
        }
        data={[
          { value: '', label: 'All types' },
          ...componentTypesByLabel.map((value) => ({ value, label: componentTypeTable[value].label })),
        ]}
      />
      <NativeSelect
        label="Sharing"
        value={state.sharing ?? ''}
        onChange={({ currentTarget: { value } }) =>
          onChange({ sharing: sharings.find((sharing) => sharing === value) ?? null })
        }
        data={[
          { value: '', label: 'Allowed or not' },
          { value: 'allowed', label: 'Allowed' },
          { value: 'not-allowed', label: 'Not Allowed' },
        ]}
      />
      <IdField label="Packaged Component ID" value={state.id} onChange={(id) => onChange({ id })} />
      <div className={classes['deleted']}>
        <Checkbox
          label="Show Deleted Packaged Components"
          checked={state.deleted}
          onChange={({ currentTarget: { checked } }) => onChange({ deleted: checked })}
        />
      </div>
    </FilterBar>
  )
}
