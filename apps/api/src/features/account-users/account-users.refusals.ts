import { type Privilege, privilegeTable } from '@packline/domain/access/privileges.ts'
import type { ChangeRolesRefusal } from '@packline/domain/accounts/plan-give-roles.ts'
import type { TurnOffRefusal } from '@packline/domain/accounts/plan-turn-off-two-step.ts'
import type { Refusal } from '../../platform/problems.ts'

const words: Record<ChangeRolesRefusal, { status: number; message: string }> = {
  'no-role': { status: 422, message: 'Choose at least one role. To take all of them away, remove the user.' },
  'role-unknown': {
    status: 422,
    message:
      'One of these roles does not exist in this account any more. Look at the roles anew and choose again.',
  },
  'privileges-not-held': {
    status: 403,
    message: 'Nobody can give a role with privileges that they do not hold themselves.',
  },
  'last-administrator': {
    status: 409,
    message:
      'This is the last user of the account who holds User Management. Give it to somebody else first, or nobody could ' +
      'manage its users any more.',
  },
}

/** What to tell somebody who could not change a user's roles or remove the user. */
export function userRolesRefusal(reason: ChangeRolesRefusal, privileges: readonly Privilege[] = []): Refusal {
  const { status, message } = words[reason]
  const labels = privileges.map((one) => privilegeTable[one].label).join(', ')
  const whole = labels
    ? `${message} You lack ${labels}. Choose another role, or ask an administrator.`
    : message
  return {
    status,
    code: reason,
    message: whole,
    ...(status === 422 && { fields: [{ path: 'roleIds', message: whole }] }),
  }
}

const twoStepWords: Record<TurnOffRefusal, string> = {
  'two-step-is-own': 'Turn off your own two-step sign-in in User Information, with your password and a code.',
  'two-step-not-turned-off':
    'Two-step sign-in is turned off here only for users of this account alone who hold no privilege that you lack. For ' +
    'this user whoever runs Packline has to do it.',
}

/** What to tell an administrator who could not turn off a user's two-step sign-in. */
export const turnOffRefusal = (reason: TurnOffRefusal): Refusal => ({
  status: 409,
  code: reason,
  message: twoStepWords[reason],
})

export const userChanged = {
  code: 'user-changed',
  message:
    'Somebody else has changed the roles of this user meanwhile. Look at them as they are now, then save again.',
}
