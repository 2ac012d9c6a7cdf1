import type { AtomNameRefusal } from '@packline/domain/atoms/atom-name.ts'
import type { RemoveAtomRefusal } from '@packline/domain/atoms/plan-remove-atom.ts'
import type { ServeAccountsRefusal } from '@packline/domain/atoms/plan-serve-accounts.ts'
import type { Refusal } from '../../platform/problems.ts'

type Reason =
  | AtomNameRefusal
  | RemoveAtomRefusal
  | ServeAccountsRefusal
  | 'name-taken'
  | 'environment-full'
  | 'environment-missing'
  | 'atom-has-packs'

const words: Record<Reason, { status: number; message: string; field?: string; code?: string }> = {
  'name-empty': { status: 422, field: 'name', message: 'Give the Atom a name.' },
  'name-too-long': {
    status: 422,
    field: 'name',
    message: 'The name of an Atom has at most 255 characters. Shorten it.',
  },
  'name-taken': {
    status: 409,
    field: 'name',
    message: 'This account already has an Atom of that name. Choose another name.',
  },
  'environment-full': {
    status: 409,
    field: 'environmentId',
    message:
      'With Basic environment support an environment takes one Atom. Move the one that is there or choose another environment.',
  },
  'environment-missing': {
    status: 404,
    code: 'environment-not-found',
    message: 'There is no such environment in this account.',
  },
  'cloud-of-another-account': {
    status: 409,
    message:
      'This Atom Cloud belongs to another account. It can be attached to your environments; everything else is its owner’s.',
  },
  'not-a-cloud': {
    status: 409,
    message: 'Only an Atom Cloud serves other accounts.',
  },
  'account-not-managed': {
    status: 422,
    field: 'accountIds',
    message: 'An Atom Cloud serves only accounts that its own account manages. Nothing was changed.',
  },
  'atom-has-packs': {
    status: 409,
    message:
      'Integration packs are attached to this Atom itself. Detach them first, in Deploy > Integration Packs.',
  },
  'cloud-in-use': {
    status: 409,
    message: 'This Atom Cloud serves other accounts. It can be removed once it serves none.',
  },
}

/** What to tell somebody whose Atom could not be saved or removed. */
export function atomRefusal(reason: Reason): Refusal {
  const { status, message, field, code = reason } = words[reason]
  return { status, code, message, ...(field && { fields: [{ path: field, message }] }) }
}

export const atomChanged = {
  code: 'atom-changed',
  message:
    'Somebody has changed this Atom since you opened it. Nothing was saved: look at it as it is now, then decide again.',
}
