import { NativeSelect } from '@mantine/core'
import {
  componentTypesByLabel,
  componentTypeTable,
} from '@packline/domain/packaged-components/component-type.ts'
import { useQuery } from '@tanstack/react-query'
import { FilterBar } from '../../ui/filter-bar.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import type { ComponentListState } from './component-list-state.ts'
import { componentQueries } from './components.queries.ts'

type ComponentFiltersProps = {
  state: ComponentListState
  onChange: (change: Partial<ComponentListState>) => void
}

export function ComponentFilters({ state, onChange }: ComponentFiltersProps) {
  const { data: folders = [] } = useQuery(componentQueries.folders())
  const shownFolders =
    state.folder === '' || folders.includes(state.folder) ? folders : [state.folder, ...folders]
  return (
    <FilterBar label="Filter components">
      <SearchField
        label="Search by name"
        isLabelShown
        value={state.search}
        onChange={(search) => onChange({ search })}
      />
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
        label="Folder"
        value={state.folder}
        onChange={({ currentTarget: { value } }) => onChange({ folder: value })}
        data={[
          { value: '', label: 'All folders' },
          ...shownFolders.filter((folder) => folder !== '').map((value) => ({ value, label: value })),
        ]}
      />
    </FilterBar>
  )
}
