import { Checkbox, Radio, Stack } from '@mantine/core'
import {
  allPrivileges,
  isPrivilege,
  type Privilege,
  privilegeTable,
} from '@packline/domain/access/privileges.ts'
import { useSession } from '../../session.ts'
import classes from './settings.module.css'

type ScopeFieldsProps = {
  /** Of the choice, for the summary of errors. */
  id: string
  scopes: Privilege[] | null
  problem: string | undefined
  onChange: (scopes: Privilege[] | null) => void
}

/** Everything that the user may do, or only what is ticked of it. What they do not hold themselves is not offered. */
export function ScopeFields({ id, scopes, problem, onChange }: ScopeFieldsProps) {
  const held = new Set(useSession().privileges)
  const offered = allPrivileges.filter((privilege) => privilege !== 'api-access' && held.has(privilege))
  return (
    <>
      <Radio.Group
        label="May do"
        value={scopes === null ? 'all' : 'some'}
        onChange={(value) => onChange(value === 'all' ? null : [])}
      >
        <Stack gap="xs" mt="xs">
          <Radio
            id={id}
            value="all"
            label="Whatever you may do in this account"
            description="Follows your roles: more when you get more, less when you lose some."
          />
          <Radio value="some" label="Only these privileges" disabled={offered.length === 0} />
        </Stack>
      </Radio.Group>
      {scopes !== null && (
        <Checkbox.Group
          label="Privileges"
          value={scopes}
          error={problem}
          onChange={(names) => onChange(names.filter(isPrivilege))}
        >
          <div className={classes['scopes']}>
            {offered.map((privilege) => (
              <Checkbox
                key={privilege}
                value={privilege}
                label={privilegeTable[privilege].label}
                description={privilegeTable[privilege].gives}
              />
            ))}
          </div>
        </Checkbox.Group>
      )}
    </>
  )
}
