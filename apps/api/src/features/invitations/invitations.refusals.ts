import { type Privilege, privilegeTable } from '@packline/domain/access/privileges.ts'
import { invitationDays } from '@packline/domain/accounts/link-limits.ts'
import type {
  InvitationLinkRefusal,
  NewPersonRefusal,
} from '@packline/domain/accounts/plan-accept-invitation.ts'
import type { GiveRolesRefusal } from '@packline/domain/accounts/plan-give-roles.ts'
import { passwordSentences } from '../../platform/password-sentences.ts'
import type { Refusal } from '../../platform/problems.ts'

type Words = { status: number; message: string; field?: string }

type InviteReason = GiveRolesRefusal | 'email-empty' | 'email-invalid' | 'already-user' | 'already-invited'

const inviteWords: Record<InviteReason, Words> = {
  'email-empty': { status: 422, field: 'email', message: 'Enter the e-mail address of whoever you invite.' },
  'email-invalid': {
    status: 422,
    field: 'email',
    message: 'This is not an e-mail address. Enter one such as ada@example.com, without a name around it.',
  },
  'already-user': {
    status: 409,
    field: 'email',
    message:
      'Somebody with this e-mail address is a user of this account already. Change their roles instead.',
  },
  'already-invited': {
    status: 409,
    field: 'email',
    message:
      'This e-mail address is invited already. Send that invitation again, or withdraw it to invite with other roles.',
  },
  'no-role': { status: 422, field: 'roleIds', message: 'Choose at least one role.' },
  'role-unknown': {
    status: 422,
    field: 'roleIds',
    message:
      'One of these roles does not exist in this account any more. Choose other roles; withdraw an invitation that has it.',
  },
  'privileges-not-held': {
    status: 403,
    message: 'Nobody can invite with privileges that they do not hold themselves.',
  },
}

function refusalOf(code: string, { status, message, field }: Words): Refusal {
  return { status, code, message, ...(field && { fields: [{ path: field, message }] }) }
}

/** What to tell an administrator whose invitation was not sent. */
export function inviteRefusal(reason: InviteReason, privileges: readonly Privilege[] = []): Refusal {
  const { message, ...rest } = inviteWords[reason]
  const labels = privileges.map((one) => privilegeTable[one].label).join(', ')
  const whole = labels
    ? `${message} You lack ${labels}. Choose another role, or ask an administrator.`
    : message
  return refusalOf(reason, { ...rest, message: whole })
}

const linkWords: Record<InvitationLinkRefusal, Words> = {
  'invitation-unknown': {
    status: 404,
    message:
      'This link is not valid. It may be incomplete, or a newer invitation has replaced it: use the link of the last one.',
  },
  'invitation-accepted': {
    status: 410,
    message: 'This invitation has been accepted already. Sign in to work in the account.',
  },
  'invitation-withdrawn': {
    status: 410,
    message: 'This invitation has been withdrawn. Ask whoever invited you if that is a mistake.',
  },
  'invitation-expired': {
    status: 410,
    message: `This invitation has expired: its link works for ${invitationDays} days. Ask whoever invited you to send it again.`,
  },
}

const personWords: Record<NewPersonRefusal, Words> = {
  'name-empty': {
    status: 422,
    field: 'firstName',
    message: 'Enter your name: others see it in lists and logs.',
  },
  'first-name-too-long': {
    status: 422,
    field: 'firstName',
    message: 'A first name has at most 100 characters.',
  },
  'last-name-too-long': {
    status: 422,
    field: 'lastName',
    message: 'A last name has at most 100 characters.',
  },
  'password-too-short': {
    status: 422,
    field: 'password',
    message: passwordSentences['password-too-short'],
  },
  'password-too-long': { status: 422, field: 'password', message: passwordSentences['password-too-long'] },
  'password-too-common': {
    status: 422,
    field: 'password',
    message: passwordSentences['password-too-common'],
  },
  'password-is-email': { status: 422, field: 'password', message: passwordSentences['password-is-email'] },
}

type AcceptReason =
  | InvitationLinkRefusal
  | NewPersonRefusal
  | 'not-vouched'
  | 'vouched-for-another'
  | 'user-exists'
  | 'for-another'
  | 'roles-gone'

const acceptWords: Record<AcceptReason, Words> = {
  ...linkWords,
  ...personWords,
  'not-vouched': {
    status: 403,
    message: 'Your organisation’s sign-in is too long ago. Sign in there again, or choose a password.',
  },
  'vouched-for-another': {
    status: 403,
    message:
      'This invitation is for another e-mail address than the one your organisation’s sign-in vouches for. Sign in there with the address that was invited, or choose a password.',
  },
  'user-exists': {
    status: 409,
    message: 'You have a Packline user with this e-mail address already. Sign in to accept the invitation.',
  },
  'for-another': {
    status: 403,
    message:
      'This invitation is for another e-mail address than the one you are signed in with. Sign out, then open the link again.',
  },
  'roles-gone': {
    status: 410,
    message: 'The roles of this invitation do not exist any more. Ask whoever invited you for a new one.',
  },
}

/** What to tell whoever came by an invitation's link and could not accept it. */
export const acceptRefusal = (reason: AcceptReason): Refusal => refusalOf(reason, acceptWords[reason])

export const invitationChanged = {
  code: 'invitation-changed',
  message:
    'Somebody has sent this invitation again since you opened it. Nothing was changed: look at it as it is now, then decide again.',
}
