import { Checkbox } from '@mantine/core'
import type { RoleView } from '@packline/contract/roles.ts'
import { allPrivileges, isPrivilege, privilegeTable } from '@packline/domain/access/privileges.ts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ErrorState } from '../../ui/error-state.tsx'
import { Loading } from '../../ui/loading.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { roleQueries } from './roles.queries.ts'
import classes from './users-and-roles.module.css'

type RoleChoiceProps = {
  /** Of the first check box, for the summary of errors. */
  id: string
  chosen: readonly string[]
  /** Held already: they may be kept by somebody who could not give them. */
  held?: readonly string[]
  problem: string | undefined
  onChange: (roleIds: string[]) => void
}

/** Above this many roles a filter is worth its place. */
const filterFrom = 10

/** One or more of the account's roles. What whoever chooses does not hold themselves is shown and says why not. */
export function RoleChoice({ id, chosen, held = [], problem, onChange }: RoleChoiceProps) {
  const { data, error, refetch } = useQuery(roleQueries.list())
  const [filter, setFilter] = useState('')
  if (error && !data) {
    return <ErrorState title="The roles could not be loaded" error={error} onRetry={() => void refetch()} />
  }
  if (!data) return <Loading lines={4} />
  const wanted = filter.trim().toLowerCase()
  const shown = data.rows.filter(({ label }) => label.toLowerCase().includes(wanted))
  return (
    <>
      {data.rows.length >= filterFrom && (
        <SearchField
          label="Filter roles"
          placeholder="Filter by name"
          value={filter}
          onChange={setFilter}
          isImmediate
        />
      )}
      <Checkbox.Group
        label="Roles"
        withAsterisk
        mt="md"
        value={[...chosen]}
        error={problem}
        onChange={onChange}
      >
        <div className={classes['choices']}>
          {shown.map((role, place) => (
            <Checkbox
              key={role.id}
              {...(place === 0 && { id })}
              value={role.id}
              label={role.label}
              description={describe(role, role.mayGive || held.includes(role.id))}
              disabled={!role.mayGive && !held.includes(role.id)}
            />
          ))}
        </div>
      </Checkbox.Group>
      {shown.length === 0 && <p className={classes['note']}>No role has “{filter.trim()}” in its name.</p>}
    </>
  )
}

function describe({ privileges, description }: RoleView, mayGive: boolean): string {
  const labels = privileges.filter(isPrivilege).map((one) => privilegeTable[one].label)
  const gives =
    labels.length === 0
      ? 'No privileges'
      : labels.length === allPrivileges.length
        ? 'All privileges'
        : labels.join(', ')
  const first = description === '' ? gives : `${description} · ${gives}`
  return mayGive ? first : `${first}. You cannot give it: it has privileges that you do not hold.`
}
