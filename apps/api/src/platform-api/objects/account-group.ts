import { groupRefusal } from '../../features/account-groups/account-groups.refusals.ts'
import { createGroup } from '../../features/account-groups/create-group.ts'
import { editGroup } from '../../features/account-groups/edit-group.ts'
import { attribute, listOf, objectOf, shape } from '../codec/shape.ts'
import { absent } from './absent.ts'
import { accountGroups } from './account.views.ts'
import { platformObject, refusedBecause } from './platform-object.ts'
import { oneOf, required, uuidOf } from './request-fields.ts'
import { rowToValue } from './row-to-value.ts'

const groupShape = shape('AccountGroup', {
  id: attribute.text,
  accountId: attribute.text,
  name: attribute.text,
  defaultGroup: attribute.boolean,
  autoSubscribeAlertLevel: attribute.text,
  Resources: objectOf(
    shape('Resources', {
      Resource: listOf(
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
    rowsOf: ({ key }) => [{ table: 'AccountGroup', where: { id: String(key) } }],
    finish: (rows, { purpose }) =>
      rows.map((row) => ({
        ...rowToValue(groupShape, row),
        ...(purpose === 'get' && { Resources: { Resource: row['resources'] } }),
      })),
  },
  create: {
    action: 'edit-account-groups',
    run: async ({ tx, actor, now, body }) => {
      const { autoSubscribeAlertLevel: level = 'none' } = body
      const draft = { name: required(body.name, 'name'), autoSubscribeAlertLevel: levelOf(level) }
      const outcome = await createGroup(tx, actor, draft, now)
      return outcome.kind === 'created'
        ? { kind: 'saved', id: outcome.groupId }
        : refusedBecause(groupRefusal(outcome.reason))
    },
  },
  update: {
    action: 'edit-account-groups',
    run: async ({ tx, actor, now, id, body, isCurrent }) => {
      const groupId = uuidOf(id, 'id')
      const change = {
        ...(body.name !== undefined && { name: body.name }),
        ...(body.autoSubscribeAlertLevel !== undefined && {
          autoSubscribeAlertLevel: levelOf(body.autoSubscribeAlertLevel),
        }),
      }
      const outcome = await editGroup(tx, actor, { groupId, isCurrent, change }, now)
      if (outcome.kind === 'saved') return { kind: 'saved', id: groupId }
      if (outcome.kind === 'refused') return refusedBecause(groupRefusal(outcome.reason))
      return outcome.kind === 'absent' ? absent('AccountGroup', id) : refusedBecause(groupChanged)
    },
  },
})

const levelOf = (text: string) => oneOf(text, 'autoSubscribeAlertLevel', ['NONE', 'INFO', 'WARNING', 'ERROR'])

const groupChanged = {
  status: 412,
  code: 'group-changed',
  message:
    'Somebody else has changed this account group meanwhile. Read it anew, then send the change again.',
}
