import { Checkbox } from '@mantine/core'
import type { RoleView } from '@packline/contract/roles.ts'
import { allPrivileges, type Privilege, privilegeTable } from '@packline/domain/access/privileges.ts'
import { useSession } from '../../session.ts'
import classes from './users-and-roles.module.css'

type PrivilegeFieldsProps = {
  /** Of the first check box, for the summary of errors. */
  id: string
  chosen: readonly string[]
  /** The role it inherits from: its privileges are given and cannot be taken away here. */
  inherited: Pick<RoleView, 'label' | 'privileges'> | null
  /** What the role gave before. */
  given: readonly string[]
  problem: string | undefined
  onChange: (privileges: string[]) => void
}

/** Every privilege with what it gives. */
export function PrivilegeFields({ id, chosen, inherited, given, problem, onChange }: PrivilegeFieldsProps) {
  const held = new Set(useSession().privileges)
  const isInherited = (one: Privilege) => inherited?.privileges.includes(one) === true
  const isBeyond = (one: Privilege) => !held.has(one) && !given.includes(one) && !chosen.includes(one)
  const describe = (one: Privilege) => {
    const { gives } = privilegeTable[one]
    if (isInherited(one)) return `${gives} · given by ${inherited?.label ?? ''}`
    return isBeyond(one) ? `${gives} · you do not hold it, so you cannot give it` : gives
  }
  return (
    <Checkbox.Group
      label="Privileges"
      mt="md"
      value={allPrivileges.filter((one) => isInherited(one) || chosen.includes(one))}
      error={problem}
      // What the parent gives is ticked without being the role's own.
      onChange={(names) =>
        onChange(allPrivileges.filter((one) => (isInherited(one) ? chosen : names).includes(one)))
      }
    >
      <div className={classes['choices']}>
        {allPrivileges.map((one, place) => (
          <Checkbox
            key={one}
            {...(place === 0 && { id })}
            value={one}
            label={privilegeTable[one].label}
            description={describe(one)}
            disabled={isInherited(one) || isBeyond(one)}
          />
        ))}
      </div>
    </Checkbox.Group>
  )
}
