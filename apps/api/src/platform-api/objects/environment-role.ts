import { attribute, shape } from '../codec/shape.ts'
import { environmentRoles } from './environment.views.ts'
import { platformObject, refusedBecause } from './platform-object.ts'

const openToAll = refusedBecause({
  status: 400,
  code: 'environments-open',
  message:
    'Environments are open to everybody whose role has the privileges for them; access cannot be narrowed to certain roles. Give or take those privileges with Role instead.',
})

/** Which roles an environment is kept to. None is, so there is nothing to list and nothing can be made. */
export const environmentRole = platformObject({
  shape: shape('EnvironmentRole', {
    id: attribute.text,
    environmentId: attribute.text,
    roleId: attribute.text,
  }),
  reading: { action: 'view-environments', source: environmentRoles, get: true, query: true },
  create: { action: 'edit-environment', run: async () => openToAll },
  remove: { action: 'edit-environment', run: async () => openToAll },
})
