import type { Refusal } from '../../platform/problems.ts'

/** Status and sentence of each reason not to create, delete, restore or compare. */
export const packageRefusals = {
  'nothing-selected': { status: 422, message: 'Choose at least one component to package.' },
  'too-many-packages': {
    status: 422,
    message: 'At most 250 components can be packaged at once. Package the rest afterwards.',
  },
  'package-already-deleted': { status: 409, message: 'Somebody has deleted this version already.' },
  'package-not-deleted': {
    status: 409,
    message: 'This version is not deleted, so there is nothing to restore.',
  },
  'other-component': {
    status: 422,
    message: 'Only versions of the same component can be compared. Choose another version of it.',
  },
} satisfies Record<string, Omit<Refusal, 'code'>>

/** The same for one component of a bulk, with the field of the draft that is to be mended. */
export const draftRefusals = {
  'component-not-found': {
    status: 404,
    field: 'componentId',
    message: 'There is no such component in this account.',
  },
  'component-without-content': {
    status: 422,
    field: 'componentId',
    message: 'This component has no content yet. Upload some before packaging it.',
  },
  'duplicate-component': {
    status: 422,
    field: 'componentId',
    message: 'This component is in the list twice. Take it out once.',
  },
  'sharing-not-possible': {
    status: 422,
    field: 'shareable',
    message:
      'Only processes without Process Route and API Service components can be shared. Switch sharing off.',
  },
  'notes-too-long': {
    status: 422,
    field: 'notes',
    message: 'Notes have at most 5,000 characters. Shorten them.',
  },
  'version-too-long': {
    status: 422,
    field: 'version',
    message: 'A version has at most 64 characters. Shorten it.',
  },
  'version-invalid': {
    status: 422,
    field: 'version',
    message:
      'A version begins with a letter or digit and has only these, spaces, points, hyphens and underscores.',
  },
  'version-taken': {
    status: 409,
    field: 'version',
    message: 'This component has had a package of that version, maybe a deleted one. Choose another version.',
  },
} satisfies Record<string, Omit<Refusal, 'code'> & { field: string }>

/** What each use of a package is called in the sentence that refuses its deletion, before the names. */
export const useSentences = {
  'released-in-pack': 'it is released in the integration pack',
  'chosen-in-scheduled-release': 'it is chosen in the scheduled release of the integration pack',
  'pending-in-pack': 'it waits for the next release of the integration pack',
  deployed: 'it runs in the environment',
}

export const packageChanged = {
  code: 'package-changed',
  message:
    'Somebody has deleted or restored this packaged component since you opened it. Nothing was changed: look at it as it is now, then decide again.',
}
