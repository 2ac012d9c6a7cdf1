import { invitationPage } from '@packline/domain/accounts/invitation-page.ts'
import { ownPath } from '@packline/domain/text/own-path.ts'

export type WizardStep = 'versions' | 'schedule' | 'done'

const withQuery = (path: string, query: Record<string, string | undefined>) => {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) if (value) search.set(key, value)
  return search.size > 0 ? `${path}?${search.toString()}` : path
}

const at = encodeURIComponent

/** The address of every screen. `returnTo` is an address of this app to go on to afterwards. */
export const paths = {
  home: () => '/',
  signIn: (returnTo?: string) => withQuery('/sign-in', { returnTo: worthReturning(returnTo) }),
  chooseAccount: (returnTo?: string) => withQuery('/choose-account', { returnTo: worthReturning(returnTo) }),
  twoStepRequired: (returnTo?: string) =>
    withQuery('/two-step-sign-in', { returnTo: worthReturning(returnTo) }),

  components: () => '/components',
  component: (componentId: string) => `/components/${at(componentId)}`,

  packagedComponents: (query: Record<string, string | undefined> = {}) =>
    withQuery('/packaged-components', query),
  createPackages: (componentIds: string[] = []) =>
    withQuery('/packaged-components/create', { components: componentIds.join(',') }),
  comparePackages: (olderId: string, newerId: string) =>
    `/packaged-components/compare/${at(olderId)}/${at(newerId)}`,

  packs: () => '/integration-packs',
  pack: (packId: string) => `/integration-packs/${at(packId)}`,
  releaseWizard: (
    packId: string,
    query: { step?: WizardStep; rollBackTo?: string; replaces?: string } & Record<
      string,
      string | undefined
    > = {},
  ) => withQuery(`/integration-packs/${at(packId)}/release`, query),
  releaseHistory: (packId: string) => `/integration-packs/${at(packId)}/releases`,
  release: (packId: string, releaseId: string) =>
    `/integration-packs/${at(packId)}/releases/${at(releaseId)}`,

  rollout: (packId: string, releaseId: string, query: Record<string, string | undefined> = {}) =>
    withQuery(`/integration-packs/${at(packId)}/releases/${at(releaseId)}/rollout`, query),
  punctuality: () => '/punctuality',

  installations: () => '/installations',
  installation: (installationId: string) => `/installations/${at(installationId)}`,
  /** The dialog Browse Integration Packs, at its list or at one pack. */
  browsePacks: (packId?: string) => withQuery('/installations', { browse: packId ?? 'all' }),

  atomManagement: () => '/atom-management',
  environment: (environmentId: string) => `/atom-management/environments/${at(environmentId)}`,
  environmentPacks: (environmentId: string) =>
    `/atom-management/environments/${at(environmentId)}/integration-packs`,
  atom: (atomId: string) => `/atom-management/atoms/${at(atomId)}`,
  atomPacks: (atomId: string) => `/atom-management/atoms/${at(atomId)}/integration-packs`,

  notices: () => '/notices',
  notice: (noticeId: string) => `/notices/${at(noticeId)}`,

  /** All topics of the help, or one. */
  help: (topic?: string) => (topic === undefined ? '/help' : `/help/${at(topic)}`),

  userInformation: () => '/settings/user',
  accountInformation: () => '/settings/account',
  auditLog: () => '/settings/account/audit-log',
  managedAccounts: (query: Record<string, string | undefined> = {}) =>
    withQuery('/settings/account/accounts', query),
  webhooks: () => '/settings/account/webhooks',
  webhook: (webhookId: string) => `/settings/account/webhooks/${at(webhookId)}`,
  managedAccount: (accountId: string) => `/settings/account/accounts/${at(accountId)}`,
  accountGroups: () => '/settings/account/groups',
  accountGroup: (groupId: string) => `/settings/account/groups/${at(groupId)}`,
  groupResources: (groupId: string) => `/settings/account/groups/${at(groupId)}/resources`,
  accountUsers: (query: Record<string, string | undefined> = {}) =>
    withQuery('/settings/account/users', query),
  roles: (query: Record<string, string | undefined> = {}) => withQuery('/settings/account/roles', query),
  forgotPassword: () => '/forgot-password',
}

/** The same addresses as patterns for the router. */
export const routePatterns = {
  signIn: '/sign-in',
  chooseAccount: '/choose-account',
  twoStepRequired: '/two-step-sign-in',
  components: '/components',
  component: '/components/:componentId',
  packagedComponents: '/packaged-components',
  createPackages: '/packaged-components/create',
  comparePackages: '/packaged-components/compare/:olderId/:newerId',
  packs: '/integration-packs',
  pack: '/integration-packs/:packId',
  releaseWizard: '/integration-packs/:packId/release',
  releaseHistory: '/integration-packs/:packId/releases',
  release: '/integration-packs/:packId/releases/:releaseId',
  rollout: '/integration-packs/:packId/releases/:releaseId/rollout',
  punctuality: '/punctuality',
  installations: '/installations',
  installation: '/installations/:installationId',
  atomManagement: '/atom-management',
  environment: '/atom-management/environments/:environmentId',
  environmentPacks: '/atom-management/environments/:environmentId/integration-packs',
  atom: '/atom-management/atoms/:atomId',
  atomPacks: '/atom-management/atoms/:atomId/integration-packs',
  notices: '/notices',
  notice: '/notices/:noticeId',
  help: '/help/:topic?',
  userInformation: '/settings/user',
  accountInformation: '/settings/account',
  auditLog: '/settings/account/audit-log',
  managedAccounts: '/settings/account/accounts',
  managedAccount: '/settings/account/accounts/:accountId',
  accountGroups: '/settings/account/groups',
  accountGroup: '/settings/account/groups/:groupId',
  groupResources: '/settings/account/groups/:groupId/resources',
  webhooks: '/settings/account/webhooks',
  webhook: '/settings/account/webhooks/:webhookId',
  accountUsers: '/settings/account/users',
  roles: '/settings/account/roles',
  forgotPassword: '/forgot-password',
  resetPassword: '/reset-password',
  acceptInvitation: invitationPage,
}

/** A return address out of the query string, or the start page when it leads anywhere but into this app. */
export const safeReturnPath = (returnTo: string | null): string => ownPath(returnTo) ?? '/'

const worthReturning = (returnTo?: string) => (returnTo === '/' ? undefined : returnTo)

/** A parameter of the current route. Throws when the route has no such parameter, which is a mistake in the code. */
export function requireParam(params: Readonly<Record<string, string | undefined>>, name: string): string {
  const value = params[name]
  if (value === undefined) throw new Error(`This route has no parameter ${name}`)
  return value
}
