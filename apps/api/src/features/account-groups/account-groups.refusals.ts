import type { DeleteGroupRefusal, SaveGroupRefusal } from '@packline/domain/account-groups/plan-save-group.ts'
import type {
  AddAccountsRefusal,
  RemoveAccountsRefusal,
} from '@packline/domain/account-groups/plan-group-accounts.ts'
import type { GroupUserRefusal } from '@packline/domain/account-groups/plan-group-user.ts'
import type { ShareRolesRefusal } from '@packline/domain/account-groups/plan-share-roles.ts'
import type { SharePacksRefusal } from '@packline/domain/account-groups/plan-share-packs.ts'
import type { Refusal } from '../../platform/problems.ts'

type Reason =
  | SaveGroupRefusal
  | DeleteGroupRefusal
  | 'name-taken'
  | AddAccountsRefusal
  | RemoveAccountsRefusal
  | GroupUserRefusal
  | 'role-beyond-own'
  | 'last-administrator'
  | SharePacksRefusal
  | 'pack-not-in-group'
  | ShareRolesRefusal

const words: Record<Reason, { status: number; message: string; field?: string }> = {
  'name-empty': { status: 422, field: 'name', message: 'Give the account group a name.' },
  'name-too-long': {
    status: 422,
    field: 'name',
    message: 'The name of an account group has at most 255 characters. Shorten it.',
  },
  'name-taken': {
    status: 409,
    field: 'name',
    message: 'This account already has an account group of that name. Choose another name.',
  },
  'default-name-fixed': {
    status: 422,
    field: 'name',
    message: 'All Accounts keeps its name. Add an account group of your own instead.',
  },
  'default-group-stays': { status: 409, message: 'All Accounts cannot be deleted: it always exists.' },
  'default-group-full': {
    status: 409,
    message:
      'All Accounts holds every managed account by itself. Add accounts to another account group, or take them out of one.',
  },
  'account-not-managed': {
    status: 422,
    field: 'accountIds',
    message: 'One of these accounts is not managed by this account. Choose managed accounts only.',
  },
  'account-not-in-group': {
    status: 409,
    message: 'One of these accounts is not in the account group any more. Load the list again.',
  },
  'user-unknown': {
    status: 422,
    field: 'email',
    message: 'This account has no user of that e-mail address. Invite them in User Management first.',
  },
  'user-never-signed-in': {
    status: 409,
    field: 'email',
    message: 'This user has never signed in. They can be added once they have signed in for the first time.',
  },
  'user-in-group': {
    status: 409,
    field: 'email',
    message: 'This user is in the account group already. Edit their roles instead.',
  },
  'roles-missing': { status: 422, field: 'roleIds', message: 'Choose one role at least.' },
  'role-unknown': {
    status: 422,
    field: 'roleIds',
    message: 'One of these roles does not exist any more. Load the list again.',
  },
  'role-beyond-own': {
    status: 403,
    field: 'roleIds',
    message: 'A role gives more than you may do yourself. Choose another one, or ask an administrator.',
  },
  'last-administrator': {
    status: 409,
    message:
      'An account would be left without anybody who can manage its users: its last administrator holds a role that is shared through this group. Let the account make another user its administrator first.',
  },
  'pack-missing': {
    status: 409,
    message: 'One of these integration packs does not exist any more. Load the list again.',
  },
  'pack-not-released': {
    status: 409,
    message: 'Only a released integration pack can be shared. Release it first.',
  },
  'pack-not-in-group': {
    status: 409,
    message: 'One of these integration packs is not in the account group any more. Load the list again.',
  },
  'role-missing': {
    status: 409,
    message: 'One of these roles does not exist any more. Load the list again.',
  },
  'default-role-everywhere': {
    status: 422,
    field: 'roleIds',
    message: 'The default roles exist in every account and need no sharing. Choose custom roles.',
  },
}

/** What to tell somebody whose change of an account group was refused; names of what it is about come first. */
export function groupRefusal(reason: Reason, names: readonly string[] = []): Refusal {
  const { status, message: sentence, field } = words[reason]
  const message = names.length > 0 ? `${names.join(', ')}: ${sentence}` : sentence
  return { status, code: reason, message, ...(field && { fields: [{ path: field, message }] }) }
}
