import { groupRefusal } from '../../features/account-groups/account-groups.refusals.ts'
import { addAccounts } from '../../features/account-groups/add-accounts.ts'
import { removeAccounts } from '../../features/account-groups/remove-accounts.ts'
import { sharePacks } from '../../features/account-groups/share-packs.ts'
import { unsharePacks } from '../../features/account-groups/unshare-packs.ts'
import { attribute, shape } from '../codec/shape.ts'
import { absent } from './absent.ts'
import { groupAccounts, groupPacks } from './account.views.ts'
import { encodeId, idPatterns } from './conceptual-id.ts'
import { platformObject, refusedBecause } from './platform-object.ts'
import { partsOf, required, uuidOf } from './request-fields.ts'

const groupAccount = 'AccountGroupAccount'

/** A managed account in a group. */
export const accountGroupAccount = platformObject({
  shape: shape(groupAccount, {
    id: attribute.text,
    accountGroupId: attribute.text,
    accountId: attribute.text,
  }),
  reading: { action: 'view-account-groups', source: groupAccounts, get: false, query: true },
  create: {
    action: 'edit-account-groups',
    run: async ({ tx, actor, now, body }) => {
      const groupId = uuidOf(body.accountGroupId, 'accountGroupId')
      const accountId = required(body.accountId, 'accountId').trim()
      const outcome = await addAccounts(tx, actor, { groupId, accountIds: [accountId] }, now)
      if (outcome.kind === 'added') return { kind: 'saved', id: encodeId(`${groupId}|${accountId}`) }
      return outcome.kind === 'absent'
        ? absent('AccountGroup', groupId)
        : refusedBecause(groupRefusal(outcome.reason))
    },
  },
  remove: {
    action: 'edit-account-groups',
    run: async ({ tx, actor, now, id }) => {
      const [groupId = '', accountId = ''] = partsOf(id, 'id', idPatterns.groupAccount)
      const outcome = await removeAccounts(tx, actor, { groupId, accountIds: [accountId] }, now)
      if (outcome.kind === 'removed') return { kind: 'deleted' }
      return outcome.kind === 'refused' && outcome.reason !== 'account-not-in-group'
        ? refusedBecause(groupRefusal(outcome.reason))
        : absent(groupAccount, id)
    },
  },
})

const groupPack = 'AccountGroupIntegrationPack'

/** A pack shared with a group, with all its later releases. */
export const accountGroupIntegrationPack = platformObject({
  shape: shape(groupPack, {
    id: attribute.text,
    accountGroupId: attribute.text,
    integrationPackId: attribute.text,
    integrationPackName: attribute.text,
    installationType: attribute.text,
  }),
  reading: { action: 'view-account-groups', source: groupPacks, get: true, query: true },
  create: {
    action: 'share-packs-by-api',
    run: async ({ tx, actor, now, body }) => {
      const groupId = uuidOf(body.accountGroupId, 'accountGroupId')
      const packId = uuidOf(body.integrationPackId, 'integrationPackId')
      const outcome = await sharePacks(tx, actor, { groupId, packIds: [packId] }, now)
      if (outcome.kind === 'shared') return { kind: 'saved', id: encodeId(`${packId}|${groupId}`) }
      return outcome.kind === 'absent'
        ? absent('AccountGroup', groupId)
        : refusedBecause(groupRefusal(outcome.reason, outcome.packNames))
    },
  },
  remove: {
    action: 'share-packs-by-api',
    run: async ({ tx, actor, now, id }) => {
      const [packId = '', groupId = ''] = partsOf(id, 'id', idPatterns.groupPack)
      const outcome = await unsharePacks(tx, actor, { groupId, packIds: [packId] }, now)
      return outcome.kind === 'unshared' ? { kind: 'deleted' } : absent(groupPack, id)
    },
  },
})
