import { NativeSelect, TextInput } from '@mantine/core'
import { auditActionTable, auditObjectTable } from '@packline/domain/audit/audit-actions.ts'
import { useQuery } from '@tanstack/react-query'
import { memo, useState } from 'react'
import { FilterBar } from '../../ui/filter-bar.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { foundNothing, SearchSelect } from '../../ui/search-select.tsx'
import {
  type AuditAddress,
  allActions,
  allObjectTypes,
  choosing,
  isNarrowed,
  sources,
  wholeLog,
} from './audit-address.ts'
import classes from './audit-log.module.css'
import { auditQueries } from './audit-log.queries.ts'
import { capitalised, sourceLabels } from './audit-words.ts'

type AuditFilterBarProps = {
  address: AuditAddress
  onChange: (change: Partial<AuditAddress>) => void
}

const anybody = { value: '', label: 'Anybody' }
const anything = { value: '', label: 'Anything' }
const actionOptions = allActions
  .map((value) => ({ value, label: capitalised(auditActionTable[value]) }))
  .toSorted((a, b) => a.label.localeCompare(b.label))

const matching = <Option extends { label: string }>(options: readonly Option[], typed: string) => {
  const text = typed.trim().toLowerCase()
  return options.filter(({ label }) => label.toLowerCase().includes(text)).slice(0, 100)
}

/** Not drawn again with what comes later. */
export const AuditFilterBar = memo(PlainAuditFilterBar)

function PlainAuditFilterBar({ address, onChange }: AuditFilterBarProps) {
  const { actor, action, objectType, objectId, source, from, to, search } = address
  // Asked for once somebody opens their list, or one of them is chosen in the address.
  const [isWhoOpened, setWhoOpened] = useState(false)
  const actors = useQuery({ ...auditQueries.actors, enabled: isWhoOpened || actor !== null })
  const actorOptions = (actors.data ?? []).map(({ id, name }) => ({ value: id, label: name }))
  return (
    <FilterBar label="Filter the audit log">
      <SearchField
        label="Search names, IDs and values"
        isLabelShown
        value={search}
        onChange={(text) => onChange(choosing({ search: text }))}
      />
      <SearchSelect
        id="audit-actor"
        label="Who"
        value={actor ?? ''}
        valueLabel={actorOptions.find(({ value }) => value === actor)?.label ?? actor ?? anybody.label}
        find={(typed) => matching([anybody, ...actorOptions], typed)}
        onChange={(value) => onChange(choosing({ actor: value || null }))}
        onType={() => setWhoOpened(true)}
        nothingFound={foundNothing(actors, 'Nobody of that name has done anything here.')}
      />
      <SearchSelect
        id="audit-action"
        label="What"
        value={action ?? ''}
        valueLabel={action === null ? anything.label : capitalised(auditActionTable[action])}
        find={(typed) => matching([anything, ...actionOptions], typed)}
        onChange={(value) => onChange(choosing({ action: allActions.find((one) => one === value) ?? null }))}
        nothingFound="Nothing that is called like that is written down."
      />
      <NativeSelect
        label="About"
        value={objectType ?? ''}
        onChange={({ currentTarget: { value } }) =>
          onChange(choosing({ objectType: allObjectTypes.find((one) => one === value) ?? null }))
        }
        data={[anything, ...allObjectTypes.map((value) => ({ value, label: auditObjectTable[value] }))]}
      />
      <NativeSelect
        label="Through"
        value={source ?? ''}
        onChange={({ currentTarget: { value } }) =>
          onChange(choosing({ source: sources.find((one) => one === value) ?? null }))
        }
        data={[anything, ...sources.map((value) => ({ value, label: sourceLabels[value] }))]}
      />
      <DateField label="From" value={from} onChange={(value) => onChange(choosing({ from: value }))} />
      <DateField label="To" value={to} onChange={(value) => onChange(choosing({ to: value }))} />
      {isNarrowed(address) && (
        <div className={classes['all']}>
          {objectId !== '' && <span>Only about one thing. </span>}
          <LinkButton onClick={() => onChange(wholeLog)}>Show the whole log</LinkButton>
        </div>
      )}
    </FilterBar>
  )
}

type DateFieldProps = { label: string; value: string; onChange: (value: string) => void }

/** A day on the reader's clock. While it is being typed the field is empty, which filters nothing. */
function DateField({ label, value, onChange }: DateFieldProps) {
  return (
    <TextInput
      type="date"
      label={label}
      value={value}
      min="2000-01-01"
      max="2099-12-31"
      className={classes['date'] ?? ''}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  )
}
