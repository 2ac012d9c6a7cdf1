import { z } from 'zod'
import { accountId, id, instant, page, pageOf, pageSize } from './field.ts'
import { packType } from './integration-packs.ts'

export const alertLevel = z.enum(['NONE', 'INFO', 'WARNING', 'ERROR'])

export const groupParams = z.object({ groupId: id })
export const groupUserParams = z.object({ groupId: id, userId: id })
export const groupRoleParams = z.object({ groupId: id, roleId: id })
export const managedAccountParams = z.object({ accountId })
export const userParams = z.object({ userId: id })
/** Lists are searched and cut into pages by the server: a group may hold thousands. */
export const groupListQuery = z.object({ search: z.string().max(255).default(''), page, pageSize })
export type GroupListQuery = z.input<typeof groupListQuery>

export const accountGroupView = z.object({
  id,
  name: z.string(),
  /** All Accounts, made by the system: it holds every managed account, and stays. */
  isDefault: z.boolean(),
  autoSubscribeAlertLevel: alertLevel,
  version: z.number().int(),
  accountCount: z.number().int(),
  userCount: z.number().int(),
  packCount: z.number().int(),
  roleCount: z.number().int(),
  changedAt: instant,
  changedByName: z.string(),
})
export type AccountGroupView = z.infer<typeof accountGroupView>
export const accountGroupList = z.array(accountGroupView)

export const createGroupBody = z.strictObject({
  name: z.string().max(10_000),
  autoSubscribeAlertLevel: alertLevel.default('NONE'),
})
export type CreateGroupBody = z.input<typeof createGroupBody>
/** What is left out stays as it is. */
export const editGroupBody = z.strictObject({
  name: z.string().max(10_000).optional(),
  autoSubscribeAlertLevel: alertLevel.optional(),
})
export type EditGroupBody = z.input<typeof editGroupBody>

const toll = z.object({ installations: z.number().int(), accounts: z.number().int() })
/** What is lost when packs or accounts leave a group, in numbers. */
export const sharingToll = z.object({
  cutOff: toll.extend({ packs: z.number().int() }),
  kept: toll,
})
/** Before accounts leave a group, or the group goes: also who loses access and roles that were shared through it. */
export const removalPreview = z.object({
  sharing: sharingToll,
  /** Users of the primary account who cannot work in some of the accounts any more. */
  users: z.number().int(),
  /** Users of managed accounts who lose a role that was shared through the group. */
  sharedRoleUsers: z.number().int(),
})
export type RemovalPreview = z.infer<typeof removalPreview>

export const accountStatus = z.enum(['trial', 'active', 'suspended', 'deleted', 'unlimited'])
export const groupAccount = z.object({ id: accountId, name: z.string(), status: accountStatus })
export type GroupAccount = z.infer<typeof groupAccount>
export const groupAccountPage = pageOf(groupAccount)
export const accountIdsBody = z.strictObject({ accountIds: z.array(accountId).min(1).max(1_000) })
export const addedAccounts = z.object({ added: z.number().int(), group: accountGroupView })

export const membershipView = z.object({
  account: groupAccount,
  groups: z.array(z.object({ id, name: z.string(), isDefault: z.boolean() })),
})
export type MembershipView = z.infer<typeof membershipView>

const roleRef = z.object({ id, name: z.string() })
export const groupRole = roleRef.extend({
  /** One of the four that every account has. */
  isDefault: z.boolean(),
  description: z.string(),
  /** With those it inherits. */
  privileges: z.array(z.string()),
})
export type GroupRole = z.infer<typeof groupRole>
export const groupRoles = z.array(groupRole)

const person = z.object({ userId: id, email: z.string(), firstName: z.string(), lastName: z.string() })
export const groupUser = person.extend({ roles: z.array(roleRef) })
export type GroupUser = z.infer<typeof groupUser>
export const groupUserPage = pageOf(groupUser)
/** A user of the primary account; one who has never signed in cannot be added yet. */
export const addableUser = person.extend({ hasSignedIn: z.boolean() })
export type AddableUser = z.infer<typeof addableUser>
export const addableUserPage = pageOf(addableUser)
export const addGroupUserBody = z.strictObject({
  email: z.string().max(320),
  roleIds: z.array(id).max(100),
})
export const editGroupUserBody = z.strictObject({ roleIds: z.array(id).max(100) })

export const assignedUsers = z.object({
  account: groupAccount,
  users: z.array(
    person.extend({ groups: z.array(z.object({ id, name: z.string(), roles: z.array(roleRef) })) }),
  ),
})
export type AssignedUsers = z.infer<typeof assignedUsers>
export const userGroups = z.object({
  user: person,
  groups: z.array(z.object({ id, name: z.string(), roles: z.array(roleRef) })),
})
export type UserGroups = z.infer<typeof userGroups>

export const groupPack = z.object({
  id,
  name: z.string(),
  type: packType,
  /** Of its current release. */
  sequence: z.number().int(),
  releasedAt: instant.nullable(),
  /** In accounts of this group. */
  installations: z.number().int(),
  accounts: z.number().int(),
  sharedAt: instant,
  sharedByName: z.string(),
  /** Installations that fell behind while it was not shared are being brought to the current release. */
  isCatchingUp: z.boolean(),
})
export type GroupPack = z.infer<typeof groupPack>
export const groupPackPage = pageOf(groupPack)
export const shareablePack = groupPack.pick({
  id: true,
  name: true,
  type: true,
  sequence: true,
  releasedAt: true,
})
export type ShareablePack = z.infer<typeof shareablePack>
export const shareablePackPage = pageOf(shareablePack)
export const packIdsBody = z.strictObject({ packIds: z.array(id).min(1).max(200) })
export const sharedPacks = z.object({ shared: z.number().int(), group: accountGroupView })
export type SharedPacks = z.infer<typeof sharedPacks>

/** A role shared through the group, and how many users of managed accounts have it through this group alone. */
export const sharedRole = groupRole.extend({ userCount: z.number().int() })
export type SharedRole = z.infer<typeof sharedRole>
export const sharedRoles = z.array(sharedRole)
export const roleIdsBody = z.strictObject({ roleIds: z.array(id).min(1).max(100) })
