import { type AccountFeature, featureTable } from '../accounts/features.ts'
import { type Privilege, privilegeTable } from './privileges.ts'

export type Action =
  | 'view-packs'
  | 'create-pack'
  | 'create-multi-pack'
  | 'edit-pack'
  | 'delete-pack'
  | 'change-pack-contents'
  | 'view-releases'
  | 'release-pack'
  | 'reschedule-release'
  | 'change-release-versions'
  | 'release-now'
  | 'cancel-release'
  | 'retry-release'
  | 'view-components'
  | 'create-component'
  | 'edit-component'
  | 'upload-component'
  | 'delete-component'
  | 'view-packages'
  | 'create-package'
  | 'delete-package'
  | 'restore-package'
  | 'manage-own-profile'
  | 'set-demo-clock'

type ActionRule = { needs: Privilege | null; feature: AccountFeature | null; refusal: string }

const packRule = (what: string): ActionRule => ({
  needs: 'integration-pack',
  feature: 'integration-pack-management',
  refusal: refusalSentence(what, 'integration-pack'),
})

const packageRule = (what: string): ActionRule => ({
  needs: 'packaged-component-management',
  feature: null,
  refusal: refusalSentence(what, 'packaged-component-management'),
})

const signedInRule: ActionRule = { needs: null, feature: null, refusal: 'Sign in first.' }

/** What each action needs, and the sentence for whoever lacks it. */
export const actionTable: Record<Action, ActionRule> = {
  'view-packs': packRule('Seeing integration packs'),
  'create-pack': packRule('Creating an integration pack'),
  'create-multi-pack': {
    ...packRule('Creating an integration pack of type Multiple Attachments'),
    feature: 'multi-install',
  },
  'edit-pack': packRule('Editing an integration pack'),
  'delete-pack': packRule('Deleting an integration pack'),
  'change-pack-contents': packRule('Adding and removing packages'),
  'view-releases': packRule('Seeing releases'),
  'release-pack': packRule('Releasing'),
  'reschedule-release': packRule('Rescheduling a release'),
  'change-release-versions': packRule('Changing the versions of a scheduled release'),
  'release-now': packRule('Releasing now'),
  'cancel-release': packRule('Cancelling a scheduled release'),
  'retry-release': packRule('Trying a failed release again'),
  'view-components': packageRule('Seeing components'),
  'create-component': packageRule('Creating a component'),
  'edit-component': packageRule('Editing a component'),
  'upload-component': packageRule('Uploading component content'),
  'delete-component': packageRule('Deleting a component'),
  'view-packages': packageRule('Seeing packaged components'),
  'create-package': packageRule('Creating a packaged component'),
  'delete-package': packageRule('Deleting a packaged component'),
  'restore-package': packageRule('Restoring a packaged component'),
  'manage-own-profile': signedInRule,
  'set-demo-clock': signedInRule,
}

export type Rights = { privileges: ReadonlySet<Privilege>; features: ReadonlySet<AccountFeature> }

export type Permission =
  | { kind: 'allowed' }
  | { kind: 'refused'; reason: 'privilege-missing' | 'feature-off'; sentence: string }

/**
 * Decides whether someone with these rights may do the action. A feature that is off comes first: without it
 * the whole area is absent, whatever the privileges. Pass the account's effective features.
 */
export function mayDo(action: Action, { privileges, features }: Rights): Permission {
  const { needs, feature, refusal } = actionTable[action]
  if (feature !== null && !features.has(feature)) {
    return { kind: 'refused', reason: 'feature-off', sentence: featureSentence(feature) }
  }
  if (needs !== null && !privileges.has(needs)) {
    return { kind: 'refused', reason: 'privilege-missing', sentence: refusal }
  }
  return { kind: 'allowed' }
}

function refusalSentence(what: string, privilege: Privilege): string {
  return `${what} needs the privilege ${privilegeTable[privilege].label}. Ask an administrator of this account.`
}

function featureSentence(feature: AccountFeature): string {
  return `The feature "${featureTable[feature].label}" is not switched on for this account. Ask an administrator of this account.`
}
