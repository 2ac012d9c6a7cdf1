import { attribute, many, one, shape } from '../codec/shape.ts'
import { accountGroups } from './account.views.ts'
import { platformObject } from './platform-object.ts'
import { rowToValue } from './row-to-value.ts'

const groupShape = shape('AccountGroup', {
  id: attribute.text,
  accountId: attribute.text,
  name: attribute.text,
  defaultGroup: attribute.boolean,
  autoSubscribeAlertLevel: attribute.text,
  Resources: one(
    shape('Resources', {
      Resource: many(
        shape('Resource', {
          resourceId: attribute.text,
          resourceName: attribute.text,
          objectType: attribute.text,
        }),
      ),
    }),
  ),
})

/** A group of managed accounts. What it shares is told by GET only. */
export const accountGroup = platformObject({
  shape: groupShape,
  reading: {
    action: 'view-account-groups',
    source: accountGroups,
    get: true,
    query: true,
    finish: (rows, { purpose }) =>
      rows.map((row) => ({
        ...rowToValue(groupShape, row),
        ...(purpose === 'get' && { Resources: { Resource: row['resources'] } }),
      })),
  },
})
