import { Title } from '@mantine/core'
import type { RoleDetails } from '@packline/contract/roles.ts'
import { FactList } from '../../ui/fact-list.tsx'
import classes from './users-and-roles.module.css'

/** Where a role is in use, by name. */
export function RoleUses({ uses }: { uses: RoleDetails['uses'] }) {
  const { users, invitations, groupUsers, sharedWith, children, supportAccessOf } = uses
  const facts = [
    ['Held by', users],
    ['Invited', invitations],
    ['Held in account groups', groupUsers],
    ['Shared with account groups', sharedWith],
    ['Inherited by', children],
    ['Support Access Role of', supportAccessOf],
  ] as const
  const isUsed = facts.some(([, names]) => names.length > 0)
  return (
    <section aria-labelledby="role-uses" className={classes['uses']}>
      <Title order={3} id="role-uses" mb="xs">
        In use
      </Title>
      {isUsed ? (
        <FactList facts={facts.map(([name, names]) => [name, names.join(', ')] as const)} />
      ) : (
        <p className={classes['note']}>Nobody has this role, and nothing depends on it.</p>
      )}
    </section>
  )
}
