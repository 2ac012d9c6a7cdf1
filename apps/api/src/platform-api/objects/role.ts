import { createRole } from '../../features/roles/create-role.ts'
import { deleteRole } from '../../features/roles/delete-role.ts'
import { editRole } from '../../features/roles/edit-role.ts'
import {
  defaultRoleFixed,
  deleteRoleRefusal,
  roleChanged,
  saveRoleRefusal,
} from '../../features/roles/roles.refusals.ts'
import { attribute, element, listOf, objectOf, shape, type Value, type ValueOf } from '../codec/shape.ts'
import { readByIds, type Row } from '../query/source.views.ts'
import { absent } from './absent.ts'
import { platformObject, refusedBecause, type WriteContext, type Written } from './platform-object.ts'
import { codeOf, privilegesOfCodes } from './privilege-codes.ts'
import { required, uuidOf } from './request-fields.ts'
import { listAssignableRoles, privilegesOfRow, roles } from './role.views.ts'
import { rowToValue } from './row-to-value.ts'

const roleShape = shape('Role', {
  id: attribute.text,
  name: attribute.text,
  accountId: attribute.text,
  parentId: attribute.text,
  Description: element.text,
  Privileges: objectOf(
    shape('Privileges', { Privilege: listOf(shape('Privilege', { name: attribute.text })) }),
  ),
})

/** A role with all it gives. The default roles are read only. */
export const role = platformObject({
  shape: roleShape,
  reading: {
    action: 'view-roles',
    source: roles,
    get: true,
    query: true,
    // Whoever changes a role holds the account.
    rowsOf: (_row, { accountId }) => [{ table: 'Account', where: { id: accountId } }],
    finish: (rows) => rows.map(withPrivileges),
  },
  create: {
    action: 'edit-roles',
    run: async ({ tx, actor, now, body }) => {
      const outcome = await createRole(tx, actor, draftOf(body), now)
      return outcome.kind === 'saved'
        ? { kind: 'saved', id: outcome.roleId }
        : refusedBecause(saveRoleRefusal(outcome.reason, outcome.privileges))
    },
  },
  update: {
    action: 'edit-roles',
    run: async (context) => {
      const { tx, actor, now, id, body, isCurrent } = context
      const roleId = uuidOf(id, 'id')
      const outcome = await editRole(tx, actor, { roleId, change: changeOf(body), isCurrent }, now)
      if (outcome.kind === 'saved') return { kind: 'saved', id: roleId }
      return outcome.kind === 'refused'
        ? refusedBecause(saveRoleRefusal(outcome.reason, outcome.privileges))
        : notChanged(context, outcome.kind)
    },
  },
  remove: {
    action: 'edit-roles',
    run: async (context) => {
      const { tx, actor, now, id, isCurrent } = context
      const outcome = await deleteRole(tx, actor, { roleId: uuidOf(id, 'id'), isCurrent }, now)
      if (outcome.kind === 'deleted') return outcome
      return outcome.kind === 'refused'
        ? refusedBecause(deleteRoleRefusal(outcome.reason, outcome.names))
        : notChanged(context, outcome.kind)
    },
  },
})

/** The default roles are there for everybody and changed by nobody. */
async function notChanged(
  { tx, actor, id }: Pick<WriteContext<unknown>, 'tx' | 'actor' | 'id'>,
  kind: 'absent' | 'changed',
): Promise<Written> {
  if (kind === 'changed') return refusedBecause(roleChanged)
  const isDefault = (await readByIds(tx, actor, roles, [id.toLowerCase()])).has(id.toLowerCase())
  return isDefault ? refusedBecause(defaultRoleFixed) : absent('Role', id)
}

type Body = ValueOf<typeof roleShape>

function draftOf(body: Body) {
  const { name } = body
  return {
    description: '',
    parentRoleId: null,
    privileges: [],
    ...changeOf(body),
    name: required(name, 'name'),
  }
}

/** What the body names: a collection that is there and empty takes everything away, an absent one nothing. */
function changeOf({ name, Description: description, parentId, Privileges }: Body) {
  return {
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
    ...(parentId !== undefined && {
      parentRoleId: parentId.trim() === '' ? null : uuidOf(parentId, 'parentId'),
    }),
    ...(Privileges && { privileges: privilegesOfCodes(codesIn(Privileges)) }),
  }
}

const codesIn = ({ Privilege = [] }: NonNullable<Body['Privileges']>) =>
  Privilege.map(({ name }) => required(name, 'Privilege name'))

/** The roles that can be given to users of the account. */
export const assignableRoles = platformObject({
  shape: shape('Roles', { Role: listOf(roleShape) }),
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
