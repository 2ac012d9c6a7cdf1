import type { ApplyRefusal } from '@packline/domain/updates/plan-apply-updates.ts'

/** Why a pending update was not applied, for one integration pack of the list. */
export const applySentences: Record<ApplyRefusal | 'failed', string> = {
  'nothing-pending': 'Nothing is pending any more: the publisher has cancelled or replaced the update.',
  'no-atom':
    'The environment has no Atom, so nothing can be applied by hand. The update arrives on its release date.',
  reattached:
    'The update was applied early here before, and lost by detaching. It arrives on its release date and cannot be applied by hand again.',
  locked:
    'Another release of this integration pack was applied early in this account. Until that one or its successor is out for everybody, no other can be applied by hand.',
  'already-applied': 'The update has been applied already.',
  'release-in-progress': 'A release of this integration pack is going out right now and arrives in a moment.',
  'no-longer-shared': 'The publisher no longer shares this integration pack with this account.',
  'pending-changed':
    'The publisher has replaced the pending update since you opened the list. Nothing was applied: look at what it contains now, then decide again.',
  'not-confirmed':
    'This update became pending after you opened the list. Look at what it contains, then decide.',
  'not-attached': 'The integration pack is not attached to this environment any more.',
  failed:
    'It could not be applied because of a fault on our side, or because somebody else is changing it right now. Nothing of it was changed; try again in a moment.',
}

export const nothingPending = {
  status: 409,
  code: 'nothing-pending',
  message: 'Nothing is pending in this environment that could be applied.',
}

export const updatesChanged = {
  code: 'updates-changed',
  message:
    'What runs in this environment or what is pending has changed since you opened it. Nothing was applied: look at it as it is now, then decide again.',
}
