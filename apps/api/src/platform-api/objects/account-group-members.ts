import { attribute, shape } from '../codec/shape.ts'
import { groupAccounts, groupPacks, groupUserRoles } from './account.views.ts'
import { platformObject } from './platform-object.ts'

/** A managed account in a group. */
export const accountGroupAccount = platformObject({
  shape: shape('AccountGroupAccount', {
    id: attribute.text,
    accountGroupId: attribute.text,
    accountId: attribute.text,
  }),
  reading: { action: 'view-account-groups', source: groupAccounts, get: false, query: true },
})

/** A pack shared with a group. */
export const accountGroupIntegrationPack = platformObject({
  shape: shape('AccountGroupIntegrationPack', {
    id: attribute.text,
    accountGroupId: attribute.text,
    integrationPackId: attribute.text,
    integrationPackName: attribute.text,
    installationType: attribute.text,
  }),
  reading: { action: 'view-account-groups', source: groupPacks, get: true, query: true },
})

export const personFields = {
  userId: attribute.text,
  roleId: attribute.text,
  firstName: attribute.text,
  lastName: attribute.text,
  notifyUser: attribute.boolean,
}

/** A user of the primary account who works in a group's accounts, with one of the roles there. */
export const accountGroupUserRole = platformObject({
  shape: shape('AccountGroupUserRole', {
    id: attribute.text,
    accountGroupId: attribute.text,
    ...personFields,
  }),
  reading: { action: 'view-account-groups', source: groupUserRoles, get: false, query: true },
})
