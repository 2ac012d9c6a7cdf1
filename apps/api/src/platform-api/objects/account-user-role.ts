import { changeUserRoles } from '../../features/account-users/change-user-roles.ts'
import { userRolesRefusal } from '../../features/account-users/account-users.refusals.ts'
import { removeUser } from '../../features/account-users/remove-user.ts'
import { badData } from '../codec/bad-data.ts'
import { attribute, shape } from '../codec/shape.ts'
import { absent } from './absent.ts'
import { accountUserRoles, findMemberByEmail, listRoleIds } from './account.views.ts'
import { personFields } from './person-fields.ts'
import { encodeId, idPatterns } from './conceptual-id.ts'
import { platformObject, refusedBecause, type WriteContext, type Written } from './platform-object.ts'
import { partsOf, required, uuidOf } from './request-fields.ts'

const name = 'AccountUserRole'

/** A user of the account, with one of their roles. */
export const accountUserRole = platformObject({
  shape: shape(name, { id: attribute.text, accountId: attribute.text, ...personFields }),
  reading: { action: 'view-users', source: accountUserRoles, get: false, query: true },
  create: {
    action: 'edit-user-roles',
    run: async (context) => {
      const { tx, actor, body } = context
      const { accountId } = actor
      if ((body.accountId ?? accountId) !== accountId) {
        throw badData('accountId is not the account of the address. Leave it out, or call that account.')
      }
      const roleId = uuidOf(body.roleId, 'roleId')
      const userId = await findMemberByEmail(tx, accountId, required(body.userId, 'userId'))
      if (userId === undefined) return refusedBecause(notAUser)
      const roleIds = await listRoleIds(tx, accountId, userId)
      const refused = await setRoles(context, userId, [...new Set([...roleIds, roleId])])
      return refused ?? { kind: 'saved', id: encodeId(`${accountId}|${userId}|${roleId}`) }
    },
  },
  remove: {
    action: 'edit-user-roles',
    run: async (context) => {
      const { tx, actor, now, id } = context
      const [accountId, userId = '', roleId = ''] = partsOf(id, 'id', idPatterns.accountUserRole)
      const roleIds = await listRoleIds(tx, actor.accountId, userId)
      if (accountId !== actor.accountId || !roleIds.includes(roleId)) return absent(name, id)
      const rest = roleIds.filter((each) => each !== roleId)
      if (rest.length > 0) return (await setRoles(context, userId, rest)) ?? { kind: 'deleted' }
      // Without any role there is no user of the account any more.
      const outcome = await removeUser(tx, actor, userId, now)
      if (outcome.kind === 'removed') return { kind: 'deleted' }
      return outcome.kind === 'absent' ? absent(name, id) : refusedBecause(userRolesRefusal(outcome.reason))
    },
  },
})

const notAUser = {
  status: 400,
  code: 'user-unknown',
  message:
    'userId is no user of this account. Invite them first, in Settings > Account Information and Setup > User Management.',
}

/** The refusal, or undefined when the user has these roles now. */
async function setRoles(
  { tx, actor, now }: Pick<WriteContext<unknown>, 'tx' | 'actor' | 'now'>,
  userId: string,
  roleIds: readonly string[],
): Promise<Written | undefined> {
  const outcome = await changeUserRoles(tx, actor, { userId, roleIds }, now)
  if (outcome.kind === 'changed') return undefined
  return refusedBecause(
    outcome.kind === 'absent' ? notAUser : userRolesRefusal(outcome.reason, outcome.privileges),
  )
}
