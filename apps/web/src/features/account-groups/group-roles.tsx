import type { AccountGroupView, SharedRole } from '@packline/contract/account-groups.ts'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { plural } from '../../lib/dates.ts'
import { usePermission } from '../../session.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import type { TableColumn } from '../../ui/table-column.ts'
import { AddRolesDialog } from './add-roles-dialog.tsx'
import classes from './account-groups.module.css'
import { groupQueries } from './account-groups.queries.ts'
import { RemoveRoleDialog } from './remove-role-dialog.tsx'
import { privilegesInWords } from './role-words.ts'

/** Custom roles that the accounts of the group may give to their own users. */
export function GroupRoles({ group }: { group: AccountGroupView }) {
  const [isAdding, setAdding] = useState(false)
  const [leaving, setLeaving] = useState<SharedRole | null>(null)
  const permission = usePermission('edit-account-groups')
  const query = useQuery(groupQueries.roles(group.id))
  const mayChange = permission.kind === 'allowed'
  const addButton = mayChange && (
    <Button variant="default" onClick={() => setAdding(true)}>
      Add Roles
    </Button>
  )
  return (
    <section aria-labelledby="roles-in-group" className={classes['section']}>
      <div className={classes['head']}>
        <h3 id="roles-in-group">Roles</h3>
        <div className={classes['actions']} data-no-print>
          {group.roleCount > 0 && addButton}
        </div>
      </div>
      <p className={classes['note']}>
        Custom roles of this account that the accounts of the group may give to their own users. There they
        show with “(shared)”.
      </p>
      {query.error && !query.data ? (
        <ErrorState
          title="The roles could not be loaded"
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      ) : (
        <DataTable
          label="Roles in Group"
          columns={columnsFor(mayChange, setLeaving)}
          rows={query.data}
          rowId={({ id }) => id}
          minWidth={560}
          skeletonRows={2}
          empty={<EmptyState action={addButton}>No role is shared through this group yet.</EmptyState>}
        />
      )}
      <AddRolesDialog
        isOpen={isAdding}
        group={group}
        shared={query.data ?? []}
        onClose={() => setAdding(false)}
      />
      <RemoveRoleDialog group={group} role={leaving} onClose={() => setLeaving(null)} />
    </section>
  )
}

const columnsFor = (mayChange: boolean, onRemove: (role: SharedRole) => void): TableColumn<SharedRole>[] => [
  { id: 'name', header: 'Role', isRowHeader: true, cell: ({ name }) => name },
  { id: 'privileges', header: 'Gives', cell: privilegesInWords },
  {
    id: 'users',
    header: 'In use',
    isUnbroken: true,
    cell: ({ userCount }) => (userCount === 0 ? 'By nobody' : `By ${plural(userCount, 'user')}`),
  },
  {
    id: 'remove',
    header: 'Remove',
    isHeaderHidden: true,
    cell: (role) =>
      mayChange && (
        <LinkButton type="button" aria-label={`Remove ${role.name}`} onClick={() => onRemove(role)}>
          Remove
        </LinkButton>
      ),
  },
]
