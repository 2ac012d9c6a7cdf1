import { attribute, element, many, one, shape, type Value } from '../codec/shape.ts'
import type { Row } from '../query/source.views.ts'
import { platformObject } from './platform-object.ts'
import { codeOf } from './privilege-codes.ts'
import { listAssignableRoles, privilegesOfRow, roles } from './role.views.ts'
import { rowToValue } from './row-to-value.ts'

const roleShape = shape('Role', {
  id: attribute.text,
  name: attribute.text,
  accountId: attribute.text,
  parentId: attribute.text,
  Description: element.text,
  Privileges: one(shape('Privileges', { Privilege: many(shape('Privilege', { name: attribute.text })) })),
})

/** A role with all it gives. The default roles are read only. */
export const role = platformObject({
  shape: roleShape,
  reading: {
    action: 'view-roles',
    source: roles,
    get: true,
    query: true,
    finish: (rows) => rows.map(withPrivileges),
  },
})

/** The roles that can be given to users of the account. */
export const assignableRoles = platformObject({
  shape: shape('Roles', { Role: many(roleShape) }),
  only: {
    path: '/getAssignableRoles',
    action: 'view-roles',
    read: async ({ db, actor }) => ({ Role: (await listAssignableRoles(db, actor)).map(withPrivileges) }),
  },
})

function withPrivileges(row: Row): Value {
  const names = [...privilegesOfRow(row['lineage'])].map((privilege) => ({ name: codeOf(privilege) }))
  return { ...rowToValue(roleShape, row), Privileges: { Privilege: names } }
}
