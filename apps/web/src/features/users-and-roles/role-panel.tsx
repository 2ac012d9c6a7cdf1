import { Button, Title } from '@mantine/core'
import type { RoleDetails } from '@packline/contract/roles.ts'
import { isPrivilege, privilegeTable } from '@packline/domain/access/privileges.ts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { usePermission, useReaderZone } from '../../session.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Moment } from '../../ui/moment.tsx'
import { SidePanel } from '../../ui/side-panel.tsx'
import { WhyNot } from '../../ui/why-not.tsx'
import { DeleteRoleDialog } from './delete-role-dialog.tsx'
import { EditRoleDialog } from './edit-role-dialog.tsx'
import { kindWords } from './role-table.tsx'
import { RoleUses } from './role-uses.tsx'
import { roleQueries } from './roles.queries.ts'
import classes from './users-and-roles.module.css'

/** One role beside the table: what it gives, where it is in use, and what can be done about it. */
export function RolePanel({ roleId, onClose }: { roleId: string | null; onClose: () => void }) {
  const [act, setAct] = useState<Act | null>(null)
  return (
    <SidePanel isOpen={roleId !== null} onClose={onClose} title="Role" size="lg" isEscapeTaken={act !== null}>
      {roleId !== null && (
        <RoleById key={roleId} roleId={roleId} act={act} onAct={setAct} onClose={onClose} />
      )}
    </SidePanel>
  )
}

type Act = 'edit' | 'delete'
/** The dialog that is open. */
type Acting = { act: Act | null; onAct: (act: Act | null) => void }

function RoleById({ roleId, onClose, ...acting }: Acting & { roleId: string; onClose: () => void }) {
  const { data: role, error, refetch } = useQuery(roleQueries.one(roleId))
  if (error && !role) {
    return <ErrorState title="The role could not be loaded" error={error} onRetry={() => void refetch()} />
  }
  return role ? <RoleFacts role={role} onDeleted={onClose} {...acting} /> : <Loading lines={8} />
}

type RoleFactsProps = Acting & { role: RoleDetails; onDeleted: () => void }

function RoleFacts({ role, ...acts }: RoleFactsProps) {
  const { label, kind, description, parent, changedAt, changedByName } = role
  const zone = useReaderZone()
  return (
    <>
      <FactList
        facts={[
          ['Name', label],
          ['Kind', kindWords[kind]],
          ['Description', description],
          ['Inherits From', parent?.label],
          [
            'Changed',
            kind === 'own' && (
              <>
                <Moment at={changedAt} zone={zone} />
                {changedByName && ` by ${changedByName}`}
              </>
            ),
          ],
        ]}
      />
      <Acts role={role} {...acts} />
      <Privileges role={role} />
      <RoleUses uses={role.uses} />
    </>
  )
}

function Acts({ role, act, onAct, onDeleted }: RoleFactsProps) {
  const permission = usePermission('edit-roles')
  const close = () => onAct(null)
  if (role.kind !== 'own') {
    return (
      <WhyNot>
        {role.kind === 'default'
          ? 'Default roles are the same in every account and cannot be changed.'
          : 'This role belongs to the primary account and can be changed only there.'}
      </WhyNot>
    )
  }
  if (permission.kind === 'refused') return <WhyNot>{permission.sentence}</WhyNot>
  return (
    <>
      <div className={classes['actions']}>
        <Button variant="default" onClick={() => onAct('edit')}>
          Edit Role
        </Button>
        <Button variant="default" color="red" onClick={() => onAct('delete')}>
          Delete Role
        </Button>
      </div>
      <EditRoleDialog role={role} isOpen={act === 'edit'} onClose={close} />
      <DeleteRoleDialog role={role} isOpen={act === 'delete'} onClose={close} onDeleted={onDeleted} />
    </>
  )
}

function Privileges({ role: { privileges, inherited, parent } }: { role: RoleDetails }) {
  const known = privileges.filter(isPrivilege)
  return (
    <section aria-labelledby="privileges">
      <Title order={3} id="privileges" mt="lg">
        Privileges
      </Title>
      {known.length === 0 ? (
        <p className={classes['note']}>
          None: whoever has only this role can look at the account and nothing more.
        </p>
      ) : (
        <ul className={classes['privileges']}>
          {known.map((one) => (
            <li key={one}>
              {privilegeTable[one].label}
              <span className={classes['gives']}>
                {privilegeTable[one].gives}
                {inherited.includes(one) && ` · given by ${parent?.label ?? 'the role it inherits from'}`}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
