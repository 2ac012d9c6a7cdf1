/**
 * Every act that the audit log knows, by the name it is written under, with the words that people read after the name of
 * whoever did it. The code can write no act without words: `audit()` takes these names only.
 */
export const auditActionTable = {
  'account ADD': 'created the account',
  'account EDIT': 'edited the account',
  'account TWO_STEP REQUIRED': 'required two-step sign-in of everybody who works in the account',
  'account TWO_STEP NOT_REQUIRED': 'stopped requiring two-step sign-in',
  'account SUSPEND': 'suspended the account',
  'account REACTIVATE': 'reactivated the account',
  'account ON_ENTRY SUCCESS': 'began to work in the account',
  'account ON_EXIT SUCCESS': 'signed out',

  'as.accountgroup ADD': 'added an account group',
  'as.accountgroup EDIT': 'edited an account group',
  'as.accountgroup DELETE': 'deleted an account group',
  'as.accountgroup.account ADD': 'added accounts to an account group',
  'as.accountgroup.account DELETE': 'removed accounts from an account group',
  'as.accountgroup.resource ADD NONE': 'shared an integration pack or a role with an account group',
  'as.accountgroup.resource DELETE NONE': 'removed an integration pack or a role from an account group',
  'as.accountgroup.user ADD NONE': 'added a user to an account group',
  'as.accountgroup.user UPDATE ROLE': 'changed the roles of a user in an account group',
  'as.accountgroup.user DELETE NONE': 'removed a user from an account group',

  'role ADD': 'added a role',
  'role UPDATE': 'edited a role',
  'role DELETE': 'deleted a role',

  'user ADD': 'became a user of the account',
  'user UPDATE PROFILE': 'changed name or time zone',
  'user UPDATE NOTICES': 'chose which notices come by mail',
  'user UPDATE PASSWORD': 'changed the password',
  'user TWO_STEP ON': 'turned on two-step sign-in',
  'user TWO_STEP OFF': 'turned off two-step sign-in',
  'user TWO_STEP RECOVERY_CODES': 'made new recovery codes',
  'user TWO_STEP RESET': 'turned off the two-step sign-in of a user',
  'user INVITE': 'invited somebody to the account',
  'user INVITE RESEND': 'sent an invitation again',
  'user INVITE WITHDRAW': 'withdrew an invitation',
  'user UPDATE ROLE': 'changed the roles of a user',
  'user DELETE': 'removed a user from the account',
  'user UNLOCK': 'lifted the lock of a user',
  'user RESET PASSWORD': 'asked for a link to set a new password',
  'user LOCK': 'was locked after too many bad sign-ins',
  'user.session DELETE': 'signed out on another device',
  'user.token ADD': 'made an API token',
  'user.token DELETE': 'revoked an API token',

  'as.component ADD': 'created a component',
  'as.component UPDATE': 'edited a component',
  'as.component DELETE': 'deleted a component',
  'as.component.content UPDATE': 'uploaded content of a component',
  'as.packaged.component ADD': 'created a packaged component',
  'as.packaged.component DELETE': 'deleted a packaged component',
  'as.packaged.component RESTORE': 'restored a packaged component',

  'as.ipack ADD': 'created an integration pack',
  'as.ipack EDIT': 'edited an integration pack',
  'as.ipack DELETE': 'deleted an integration pack',
  'as.ipack.package ADD': 'added packages to an integration pack',
  'as.ipack.package DELETE': 'removed a package from an integration pack',
  'as.ipack.package RESTORE': 'put a removed package back into an integration pack',

  'as.ipack.release SCHEDULE': 'scheduled a release',
  'as.ipack.release CHANGE_VERSIONS': 'changed the versions of a scheduled release',
  'as.ipack.release RESCHEDULE': 'rescheduled a release',
  'as.ipack.release CANCEL': 'cancelled a scheduled release',
  'as.ipack.release RELEASE_NOW': 'released at once',
  'as.ipack.release RELEASE': 'made a release current',
  'as.ipack.release DERIVE': 'worked out the release instant anew',
  'as.ipack.release FAIL': 'gave up on a release after repeated errors',
  'as.ipack.release TRY_AGAIN': 'let a failed release be tried again',
  'as.ipack.release RETRY_DELIVERIES': 'let failed deliveries be tried again',

  'as.ipack.installation ADD': 'installed an integration pack',
  'as.ipack.installation DELETE': 'uninstalled an integration pack',
  'as.ipack.attachment ADD': 'attached an integration pack to an environment or an Atom',
  'as.ipack.attachment DELETE': 'detached an integration pack from an environment or an Atom',
  'as.ipack UPDATE MANUAL': 'applied a pending update by hand',
  'as.ipack UPDATE AUTOMATIC': 'applied an update on its release date',
  'as.ipack UPDATE IMMEDIATE': 'applied an update of an immediate release',
  'as.ipack UPDATE WITHDRAWN': 'took back an update of a cancelled release',

  'as.deployment ADD': 'deployed a package to an environment',
  'as.deployment DELETE': 'undeployed a package from an environment',

  'as.environment ADD': 'created an environment',
  'as.environment UPDATE NAME': 'renamed an environment',
  'as.environment UPDATE ROLE': 'changed which roles an environment is kept to',
  'as.environment DELETE': 'deleted an environment',
  'as.environment ATTACH': 'put an Atom into an environment',
  'as.environment DETACH': 'took an Atom out of an environment',
  'as.atom ADD': 'added an Atom',
  'as.atom UPDATE NAME': 'renamed an Atom',
  'as.atom UPDATE ACCOUNTS': 'chose the accounts that an Atom Cloud serves',
  'as.atom DELETE': 'removed an Atom',
  'as.atom REGISTER': 'registered a node',
  'as.atom ROTATE_CREDENTIAL': 'replaced the credential of a node',
  'as.atom.token ADD': 'made a one-time token for an Atom',
  'as.atom.node DELETE': 'revoked a node of an Atom',
  'as.atom.delivery ACTIVE': 'activated a release or a deployed package',
  'as.atom.delivery FAILED': 'failed at a release or a deployed package',

  'webhook ADD': 'added a webhook',
  'webhook EDIT': 'edited a webhook',
  'webhook DELETE': 'deleted a webhook',
  'webhook PAUSE': 'paused a webhook',
  'webhook RESUME': 'resumed a webhook',
  'webhook ROLL_SECRET': 'replaced the secret of a webhook',
  'webhook TEST': 'sent a test event to a webhook',
  'webhook SEND_AGAIN': 'sent an event to a webhook again',

  'demo.clock SET': 'set the clock of the demo',
  'demo.clock RESET': 'reset the clock of the demo',
} as const satisfies Record<string, string>

export type AuditAction = keyof typeof auditActionTable

export const isAuditAction = (text: string): text is AuditAction => Object.hasOwn(auditActionTable, text)

/** What an act can be about, as people call it. */
export const auditObjectTable = {
  account: 'Account',
  'account-group': 'Account group',
  'api-token': 'API token',
  atom: 'Atom',
  attachment: 'Attachment',
  clock: 'Clock',
  component: 'Component',
  deployment: 'Deployment',
  environment: 'Environment',
  installation: 'Installed pack',
  'integration-pack': 'Integration pack',
  invitation: 'Invitation',
  'packaged-component': 'Packaged component',
  release: 'Release',
  role: 'Role',
  user: 'User',
  webhook: 'Webhook',
} as const satisfies Record<string, string>

export type AuditObjectType = keyof typeof auditObjectTable

export const isAuditObjectType = (text: string): text is AuditObjectType =>
  Object.hasOwn(auditObjectTable, text)
