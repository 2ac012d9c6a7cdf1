import { Title } from '@mantine/core'
import type { RoleDetails } from '@packline/contract/roles.ts'
import { FactList } from '../../ui/fact-list.tsx'
import classes from './users-and-roles.module.css'

/** Where a role is in use, by name. */
export function RoleUses({ uses }: { uses: RoleDetails['uses'] }) {
  const facts = [
    ['Held by', uses.users],
    ['Invited', uses.invitations],
    ['Held in account groups', uses.groupUsers],
    ['Shared with account groups', uses.sharedWith],
    ['Inherited by', uses.children],
    ['Support Access Role of', uses.supportAccessOf],
    ['Keeps to itself the environments', uses.environments],
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
