import { attribute, shape } from '../codec/shape.ts'
import { accounts } from './account.views.ts'
import { platformObject } from './platform-object.ts'

/** The account and those under it. */
export const account = platformObject({
  shape: shape('Account', {
    accountId: attribute.text,
    name: attribute.text,
    status: attribute.text,
    dateCreated: attribute.text,
    expirationDate: attribute.text,
    supportAccess: attribute.boolean,
    supportLevel: attribute.text,
    suggestionsEnabled: attribute.boolean,
    widgetAccount: attribute.boolean,
    overDeployed: attribute.boolean,
  }),
  reading: { action: 'view-account', source: accounts, get: true, query: true },
})
