import { groupRefusal } from '../../features/account-groups/account-groups.refusals.ts'
import { addGroupUser, type GroupUserOutcome } from '../../features/account-groups/add-user.ts'
import { editUserRoles } from '../../features/account-groups/edit-user-roles.ts'
import { removeGroupUser } from '../../features/account-groups/remove-user.ts'
import { attribute, shape } from '../codec/shape.ts'
import { absent } from './absent.ts'
import { findGroupUser, groupUserRoles, listGroupRoleIds } from './account.views.ts'
import { encodeId, idPatterns } from './conceptual-id.ts'
import { personFields } from './person-fields.ts'
import { platformObject, refusedBecause, type Written } from './platform-object.ts'
import { partsOf, required, uuidOf } from './request-fields.ts'

const name = 'AccountGroupUserRole'

/** A user of the primary account who works in a group's accounts, with one of the roles there. */
export const accountGroupUserRole = platformObject({
  shape: shape(name, { id: attribute.text, accountGroupId: attribute.text, ...personFields }),
  reading: { action: 'view-account-groups', source: groupUserRoles, get: false, query: true },
  create: {
    action: 'edit-account-groups',
    run: async ({ tx, actor, now, body, hasMail }) => {
      const groupId = uuidOf(body.accountGroupId, 'accountGroupId')
      const roleId = uuidOf(body.roleId, 'roleId')
      const email = required(body.userId, 'userId').trim()
      const userId = await findGroupUser(tx, actor.accountId, groupId, email)
      const outcome =
        userId === undefined
          ? await addGroupUser(
              tx,
              actor,
              { groupId, email, roleIds: [roleId], tellsByMail: hasMail && body.notifyUser !== false },
              now,
            )
          : await editUserRoles(
              tx,
              actor,
              {
                groupId,
                userId,
                roleIds: [
                  ...new Set([...(await listGroupRoleIds(tx, actor.accountId, groupId, userId)), roleId]),
                ],
              },
              now,
            )
      if (outcome.kind !== 'saved') return refusalOf(outcome, 'AccountGroup', groupId)
      return { kind: 'saved', id: encodeId(`${groupId}|${outcome.userId}|${roleId}`) }
    },
  },
  remove: {
    action: 'edit-account-groups',
    run: async ({ tx, actor, now, id }) => {
      const [groupId = '', userId = '', roleId = ''] = partsOf(id, 'id', idPatterns.groupUserRole)
      const roleIds = await listGroupRoleIds(tx, actor.accountId, groupId, userId)
      if (!roleIds.includes(roleId)) return absent(name, id)
      const rest = roleIds.filter((each) => each !== roleId)
      // Without any role they are in the group no more.
      if (rest.length === 0) {
        const { kind } = await removeGroupUser(tx, actor, { groupId, userId }, now)
        return kind === 'removed' ? { kind: 'deleted' } : absent(name, id)
      }
      const outcome = await editUserRoles(tx, actor, { groupId, userId, roleIds: rest }, now)
      return outcome.kind === 'saved' ? { kind: 'deleted' } : refusalOf(outcome, name, id)
    },
  },
})

function refusalOf(
  outcome: Exclude<GroupUserOutcome, { kind: 'saved' }>,
  object: string,
  id: string,
): Written {
  return outcome.kind === 'refused'
    ? refusedBecause(groupRefusal(outcome.reason, outcome.roleNames))
    : absent(object, id)
}
