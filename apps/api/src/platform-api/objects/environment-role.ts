import { environmentRefusal } from '../../features/environments/environments.refusals.ts'
import { assignRole } from '../../features/environments/assign-role.ts'
import { removeRole } from '../../features/environments/remove-role.ts'
import { attribute, shape } from '../codec/shape.ts'
import { absent } from './absent.ts'
import { encodeId, idPatterns } from './conceptual-id.ts'
import { environmentRoles } from './environment.views.ts'
import { platformObject, refusedBecause } from './platform-object.ts'
import { partsOf, uuidOf } from './request-fields.ts'

const name = 'EnvironmentRole'

/** A role that an environment is kept to. */
export const environmentRole = platformObject({
  shape: shape(name, {
    id: attribute.text,
    environmentId: attribute.text,
    roleId: attribute.text,
  }),
  reading: { action: 'view-environments', source: environmentRoles, get: true, query: true },
  create: {
    action: 'edit-environment',
    run: async ({ tx, actor, now, body }) => {
      const environmentId = uuidOf(body.environmentId, 'environmentId')
      const roleId = uuidOf(body.roleId, 'roleId')
      const outcome = await assignRole(tx, actor, { environmentId, roleId }, now)
      return outcome.kind === 'assigned'
        ? { kind: 'saved', id: encodeId(`ENV_ROLE${roleId}:${environmentId}`) }
        : refusedBecause(environmentRefusal(outcome.reason))
    },
  },
  remove: {
    action: 'edit-environment',
    run: async ({ tx, actor, now, id }) => {
      const [roleId = '', environmentId = ''] = partsOf(id, 'id', idPatterns.environmentRole)
      const outcome = await removeRole(tx, actor, { environmentId, roleId }, now)
      return outcome.kind === 'removed' ? { kind: 'deleted' } : absent(name, id)
    },
  },
})
