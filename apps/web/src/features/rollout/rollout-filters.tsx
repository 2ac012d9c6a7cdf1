import { NativeSelect } from '@mantine/core'
import { memo } from 'react'
import { FilterBar } from '../../ui/filter-bar.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { ShowAll } from './show-all.tsx'
import { choosing, isNarrowed, type RolloutAddress } from './rollout-address.ts'
import classes from './rollout-page.module.css'
import { filterLabel, filterOrder } from './rollout-words.ts'

type RolloutFiltersProps = {
  address: RolloutAddress
  onChange: (change: Partial<RolloutAddress>) => void
}

/** Not drawn again with what comes later. */
export const RolloutFilters = memo(PlainRolloutFilters)

function PlainRolloutFilters({ address, onChange }: RolloutFiltersProps) {
  return (
    <FilterBar label="Filter the rollout">
      <SearchField
        label="Search accounts, installations, environments and Atoms"
        isLabelShown
        value={address.search}
        onChange={(search) => onChange(choosing({ search }))}
      />
      <NativeSelect
        label="State"
        value={address.state ?? ''}
        onChange={({ currentTarget: { value } }) =>
          onChange(choosing({ state: filterOrder.find((state) => state === value) ?? null }))
        }
        data={[
          { value: '', label: 'All states' },
          ...filterOrder.map((value) => ({ value, label: filterLabel(value) })),
        ]}
      />
      {isNarrowed(address) && (
        <div className={classes['all']}>
          {address.account !== '' && <span>Only the account {address.account}. </span>}
          <ShowAll onChange={onChange} />
        </div>
      )}
    </FilterBar>
  )
}
