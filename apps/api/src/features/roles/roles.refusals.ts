import type { DeleteRoleRefusal } from '@packline/domain/access/plan-delete-role.ts'
import type { SaveRoleRefusal } from '@packline/domain/access/plan-save-role.ts'
import { type Privilege, privilegeTable } from '@packline/domain/access/privileges.ts'
import type { Refusal } from '../../platform/problems.ts'

type SaveReason = SaveRoleRefusal | 'name-taken' | 'last-administrator'

const words: Record<SaveReason, { status: number; message: string; field?: string }> = {
  'name-empty': { status: 422, field: 'name', message: 'Give the role a name.' },
  'name-too-long': {
    status: 422,
    field: 'name',
    message: 'The name of a role has at most 100 characters. Shorten it.',
  },
  'name-reserved': {
    status: 422,
    field: 'name',
    message:
      'This name would be mistaken for a default role or for one that is shared by another account. Choose another name.',
  },
  'name-taken': {
    status: 409,
    field: 'name',
    message: 'This account already has a role of that name. Choose another name.',
  },
  'description-too-long': {
    status: 422,
    field: 'description',
    message: 'The description has at most 500 characters. Shorten it.',
  },
  'privilege-unknown': {
    status: 422,
    field: 'privileges',
    message: 'There is a privilege in this role that does not exist. Choose among those that are listed.',
  },
  'parent-unknown': {
    status: 422,
    field: 'parentRoleId',
    message: 'A role inherits from a default role or from a custom role of this account. Choose one of them.',
  },
  'parent-is-descendant': {
    status: 409,
    field: 'parentRoleId',
    message: 'That role inherits from this one already, and roles cannot inherit in a ring. Choose another.',
  },
  'privileges-not-held': {
    status: 403,
    field: 'privileges',
    message: 'A role cannot be given privileges by somebody who does not hold them.',
  },
  'last-administrator': {
    status: 409,
    message:
      'Without User Management in this role there would be nobody left who may manage the users of an account in which ' +
      'it is held. Give somebody there another role with User Management first.',
  },
}

const labelsOf = (privileges: readonly Privilege[]) =>
  privileges.map((one) => privilegeTable[one].label).join(', ')

/** What to tell somebody whose role could not be saved. */
export function saveRoleRefusal(reason: SaveReason, privileges: readonly Privilege[] = []): Refusal {
  const { status, message, field } = words[reason]
  const whole =
    privileges.length > 0
      ? `${message} You do not hold ${labelsOf(privileges)}. Leave them out, or ask an administrator who does.`
      : message
  return { status, code: reason, message: whole, ...(field && { fields: [{ path: field, message: whole }] }) }
}

const whyKept: Record<DeleteRoleRefusal, (names: string) => string> = {
  'role-held': (names) => `This role is held by ${names}. Give them other roles first, in User Management.`,
  'role-invited': (names) =>
    `This role is part of the invitation of ${names}. Withdraw it first, or wait until it is accepted and change their roles.`,
  'role-held-in-groups': (names) =>
    `Users have this role in the account group ${names}. Change their roles there first, in Account Groups.`,
  'role-shared': (names) =>
    `This role is shared with the account group ${names}. Remove it from the resources there first, in Account Groups.`,
  'role-is-parent': (names) => `${names} inherits from this role. Choose another parent there first.`,
  'role-is-support-access': (names) =>
    `This role is the Support Access Role of ${names}. Choose another one there first, in Account Information.`,
  'role-keeps-environments': (names) =>
    `Environments are kept to this role: ${names}. Take it off there first, with EnvironmentRole of the Platform API.`,
}

/** How many names a sentence takes; the rest is counted. */
const named = 5

/** What to tell somebody whose role is still in use, with where. */
export function deleteRoleRefusal(reason: DeleteRoleRefusal, names: readonly string[]): Refusal {
  const rest = names.length - named
  const list = names.slice(0, named).join(', ') + (rest > 0 ? ` and ${rest} more` : '')
  return { status: 409, code: reason, message: whyKept[reason](list), details: { names } }
}

export const roleChanged: Refusal = {
  status: 412,
  code: 'role-changed',
  message: 'Somebody else has changed this role meanwhile. Look at it as it is now, then save again.',
}

export const defaultRoleFixed: Refusal = {
  status: 409,
  code: 'role-read-only',
  message:
    'Default roles and roles shared by another account cannot be changed here. Make a custom role that inherits from a default role instead.',
}
