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
  | 'retry-deliveries'
  | 'view-components'
  | 'create-component'
  | 'edit-component'
  | 'upload-component'
  | 'delete-component'
  | 'view-packages'
  | 'create-package'
  | 'delete-package'
  | 'restore-package'
  | 'browse-packs'
  | 'view-installations'
  | 'install-pack'
  | 'uninstall-pack'
  | 'attach-pack'
  | 'detach-pack'
  | 'deploy-package'
  | 'undeploy-package'
  | 'view-environments'
  | 'create-environment'
  | 'edit-environment'
  | 'delete-environment'
  | 'add-atom'
  | 'edit-atom'
  | 'remove-atom'
  | 'serve-accounts'
  | 'view-updates'
  | 'apply-updates'
  | 'view-account'
  | 'edit-account'
  | 'require-two-step'
  | 'view-managed-accounts'
  | 'create-managed-account'
  | 'edit-managed-account'
  | 'view-users'
  | 'invite-user'
  | 'edit-user-roles'
  | 'remove-user'
  | 'unlock-user'
  | 'reset-user-password'
  | 'turn-off-two-step'
  | 'view-roles'
  | 'edit-roles'
  | 'view-account-groups'
  | 'edit-account-groups'
  | 'share-packs'
  | 'share-packs-by-api'
  | 'view-webhooks'
  | 'edit-webhooks'
  | 'hear-changes'
  | 'manage-own-profile'
  | 'turn-on-two-step'
  | 'manage-own-tokens'
  | 'view-audit-log'
  | 'view-notices'
  | 'edit-notice-preferences'
  | 'set-demo-clock'

/** All of these privileges, or any one of them; null when being signed in is enough. */
export type Needs = { all: readonly Privilege[] } | { any: readonly Privilege[] } | null

type ActionRule = { needs: Needs; feature: AccountFeature | null; refusal: string }

function rule(what: string, needs: NonNullable<Needs>, feature: AccountFeature | null = null): ActionRule {
  return { needs, feature, refusal: refusalSentence(what, needs) }
}

const packRule = (what: string) => rule(what, { all: ['integration-pack'] }, 'integration-pack-management')
const packageRule = (what: string) => rule(what, { all: ['packaged-component-management'] })
/** What an account runs in its environments (D-12). */
const deploymentRule = (what: string) => rule(what, { all: ['packaged-component-deployment'] })
/** Who shares what with whom. */
const groupRule = (what: string) => rule(what, { all: ['account-group-management'] }, 'account-groups')
const atomRule = (what: string) => rule(what, { all: ['atom-management'] })
/** Read Access sees everything that Atom Management may change. */
const atomViewRule = (what: string) => rule(what, { any: ['atom-management', 'atom-management-read-access'] })
const environmentRule = (what: string) => rule(what, { all: ['environment-management', 'atom-management'] })

const accountRule = (what: string) => rule(what, { all: ['account-administration'] })
/** What a primary account does with those it manages. */
const managedAccountRule = (what: string) => ({ ...accountRule(what), feature: 'account-groups' as const })
const userRule = (what: string) => rule(what, { all: ['user-management'] })
const signedInRule: ActionRule = { needs: null, feature: null, refusal: 'Sign in first.' }

/** What each action needs, and the sentence for whoever lacks it (R-1, R-2, R-67, D-12). */
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
  'retry-deliveries': packRule('Trying failed deliveries again'),
  'view-components': packageRule('Seeing components'),
  'create-component': packageRule('Creating a component'),
  'edit-component': packageRule('Editing a component'),
  'upload-component': packageRule('Uploading component content'),
  'delete-component': packageRule('Deleting a component'),
  'view-packages': packageRule('Seeing packaged components'),
  'create-package': packageRule('Creating a packaged component'),
  'delete-package': packageRule('Deleting a packaged component'),
  'restore-package': packageRule('Restoring a packaged component'),
  'browse-packs': deploymentRule('Browsing integration packs'),
  'view-installations': deploymentRule('Seeing installed integration packs'),
  'install-pack': deploymentRule('Installing an integration pack'),
  'uninstall-pack': deploymentRule('Uninstalling an integration pack'),
  'attach-pack': deploymentRule('Attaching an integration pack'),
  'detach-pack': deploymentRule('Detaching an integration pack'),
  'deploy-package': deploymentRule('Deploying a packaged component'),
  'undeploy-package': deploymentRule('Undeploying a packaged component'),
  'view-environments': atomViewRule('Seeing environments and Atoms'),
  'create-environment': environmentRule('Creating an environment'),
  'edit-environment': environmentRule('Renaming an environment'),
  'delete-environment': environmentRule('Deleting an environment'),
  'add-atom': atomRule('Adding an Atom'),
  'edit-atom': atomRule('Changing an Atom'),
  'remove-atom': atomRule('Removing an Atom'),
  'serve-accounts': rule('Choosing the accounts that an Atom Cloud serves', { all: ['cloud-management'] }),
  'view-updates': atomViewRule('Seeing pending updates'),
  'apply-updates': atomRule('Applying pending updates'),
  'view-account': signedInRule,
  'edit-account': accountRule('Changing the account and its settings'),
  'require-two-step': accountRule('Requiring two-step sign-in'),
  'view-managed-accounts': managedAccountRule('Seeing managed accounts'),
  'create-managed-account': managedAccountRule('Creating a managed account'),
  'edit-managed-account': managedAccountRule('Changing a managed account'),
  'view-users': userRule('Seeing the users of this account'),
  'invite-user': userRule('Inviting somebody'),
  'edit-user-roles': userRule("Changing a user's roles"),
  'remove-user': userRule('Removing a user'),
  'unlock-user': userRule("Lifting a user's lock"),
  'reset-user-password': userRule('Sending a link for a new password'),
  'turn-off-two-step': userRule("Turning off a user's two-step sign-in"),
  // Roles are chosen for account groups and for the Support Access Role as well.
  'view-roles': rule('Seeing roles', {
    any: ['user-management', 'account-group-management', 'account-administration'],
  }),
  'edit-roles': { ...userRule('Changing roles'), feature: 'advanced-user-security' },
  'view-account-groups': groupRule('Seeing account groups'),
  'edit-account-groups': groupRule('Changing account groups'),
  'share-packs': groupRule('Sharing integration packs with account groups'),
  // Scripts need the right to the packs themselves as well.
  'share-packs-by-api': {
    ...rule('Sharing integration packs through the API', {
      all: ['account-group-management', 'integration-pack'],
    }),
    feature: 'account-groups',
  },
  'view-webhooks': accountRule('Seeing webhooks'),
  'edit-webhooks': accountRule('Changing webhooks'),
  'hear-changes': signedInRule,
  'manage-own-profile': signedInRule,
  'turn-on-two-step': signedInRule,
  'manage-own-tokens': rule('Making an API token', { all: ['api-access'] }),
  'view-audit-log': rule('Reading the audit log', { all: ['view-audit-logs'] }),
  'view-notices': signedInRule,
  'edit-notice-preferences': signedInRule,
  'set-demo-clock': signedInRule,
}

/** What nobody may do by a token, only signed in with a browser. */
export const inPersonActions: ReadonlySet<Action> = new Set([
  'manage-own-profile',
  'manage-own-tokens',
  'turn-on-two-step',
  'require-two-step',
  'reset-user-password',
  'turn-off-two-step',
])

/** What an account that requires two-step sign-in leaves open to whoever has none. */
export const actionsBeforeTwoStep: ReadonlySet<Action> = new Set(['turn-on-two-step'])

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
  if (!holds(privileges, needs)) {
    return { kind: 'refused', reason: 'privilege-missing', sentence: refusal }
  }
  return { kind: 'allowed' }
}

function holds(privileges: ReadonlySet<Privilege>, needs: Needs): boolean {
  if (needs === null) return true
  return 'all' in needs
    ? needs.all.every((privilege) => privileges.has(privilege))
    : needs.any.some((privilege) => privileges.has(privilege))
}

function refusalSentence(what: string, needs: NonNullable<Needs>): string {
  const [names, word] = 'all' in needs ? [needs.all, ' and '] : [needs.any, ' or ']
  const labels = names.map((privilege) => privilegeTable[privilege].label).join(word)
  const noun = 'all' in needs && names.length > 1 ? 'privileges' : 'privilege'
  return `${what} needs the ${noun} ${labels}. Ask an administrator of this account.`
}

function featureSentence(feature: AccountFeature): string {
  return `The feature "${featureTable[feature].label}" is not switched on for this account. Ask an administrator of this account.`
}
