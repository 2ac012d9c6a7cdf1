import { credentialUnknown } from '../../platform/atom-gate.ts'
import type { Refusal } from '../../platform/problems.ts'

export type AtomRefusal =
  | 'token-unusable'
  | 'node-removed'
  | 'deployment-not-found'
  | 'release-superseded'
  | 'account-held'

/** What Atoms are refused, in words for whoever reads their logs. */
export const atomRefusals: Record<AtomRefusal, Refusal> = {
  'token-unusable': {
    status: 403,
    code: 'token-unusable',
    message:
      'This token is unknown, was used already or is older than an hour. Make a new one on the Atom’s page.',
  },
  'node-removed': credentialUnknown,
  'deployment-not-found': {
    status: 404,
    code: 'deployment-not-found',
    message: 'There is no such thing to run on this Atom.',
  },
  'release-superseded': {
    status: 409,
    code: 'release-superseded',
    message: 'Another release is wanted there by now. Ask again what to run.',
  },
  'account-held': {
    status: 403,
    code: 'account-suspended',
    message: 'The account is suspended. What runs stays; delivery goes on when it is active again.',
  },
}
