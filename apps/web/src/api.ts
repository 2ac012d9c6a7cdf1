import type * as m from '@packline/contract/accounts.ts'
import type * as t from '@packline/contract/api-tokens.ts'
import type * as a from '@packline/contract/atoms.ts'
import type * as l from '@packline/contract/audit-log.ts'
import type * as c from '@packline/contract/components.ts'
import type * as e from '@packline/contract/environments.ts'
import type { PageOf } from '@packline/contract/field.ts'
import type * as i from '@packline/contract/installations.ts'
import type * as p from '@packline/contract/integration-packs.ts'
import type * as n from '@packline/contract/notices.ts'
import type * as k from '@packline/contract/packaged-components.ts'
import type * as r from '@packline/contract/releases.ts'
import type * as y from '@packline/contract/punctuality.ts'
import type * as o from '@packline/contract/rollout.ts'
import type * as s from '@packline/contract/session.ts'
import type * as h from '@packline/contract/two-step-sign-in.ts'
import type * as u from '@packline/contract/updates.ts'
import type * as w from '@packline/contract/webhooks.ts'
import type { input, output, ZodType } from 'zod'
import { type Query, request, requestWithETag, urlOf, type WriteOptions } from './request.ts'
import { upload, type UploadOptions } from './upload.ts'

type Body<Schema extends ZodType> = input<Schema>
type Params<Schema extends ZodType> = { [Key in keyof input<Schema>]?: Query[string] }
type Signal = AbortSignal | undefined
type Release = WriteOptions & { releaseId: string }
type Pack = WriteOptions & { packId: string }
type Installation = WriteOptions & { installationId: string }
type Environment = WriteOptions & { environmentId: string }
type Atom = WriteOptions & { atomId: string }
type Webhook = WriteOptions & { webhookId: string }
type ManagedAccount = WriteOptions & { accountId: string }

/**
 * Every endpoint of the console's API as a function. Reads take a signal last; writes take one object or, where they
 * have a body, what they are about and then the body. The answers are those of the contract.
 */
export const api = {
  about: (signal?: Signal) => request<s.AboutView>('about', { signal }),

  getSession: (signal?: Signal) => request<s.SessionView>('getSession', { signal }),
  signIn: (body: Body<typeof s.signInBody>) => request<s.SessionView | h.CodeNeeded>('signIn', { body }),
  signInByCode: (body: Body<typeof h.signInCodeBody>) => request<s.SessionView>('signInByCode', { body }),
  signOut: () => request<unknown>('signOut'),
  chooseAccount: (accountId: string) => request<s.SessionView>('chooseAccount', { body: { accountId } }),
  listMyAccounts: (query: Params<typeof s.accountChoiceQuery>, signal?: Signal) =>
    request<PageOf<s.AccountChoice>>('listMyAccounts', { query, signal }),
  getProfile: (signal?: Signal) => requestWithETag<s.UserView>('getProfile', { signal }),
  editProfile: (body: Body<typeof s.profileBody>, options?: WriteOptions) =>
    requestWithETag<s.UserView>('editProfile', { body, ...options }),
  changePassword: (body: Body<typeof s.passwordBody>) => request<unknown>('changePassword', { body }),
  getTwoStep: (signal?: Signal) => request<h.TwoStepView>('getTwoStep', { signal }),
  startTwoStep: (body: Body<typeof h.startTwoStepBody>) => request<h.CodeKey>('startTwoStep', { body }),
  turnOnTwoStep: (body: Body<typeof h.firstCodeBody>) => request<h.RecoveryCodes>('turnOnTwoStep', { body }),
  turnOffTwoStep: (body: Body<typeof h.passwordAndCodeBody>) => request<unknown>('turnOffTwoStep', { body }),
  renewRecoveryCodes: (body: Body<typeof h.passwordAndCodeBody>) =>
    request<h.RecoveryCodes>('renewRecoveryCodes', { body }),
  listDevices: (signal?: Signal) => request<s.DeviceView[]>('listDevices', { signal }),
  revokeDevice: (sessionId: string) => request<unknown>('revokeDevice', { params: { sessionId } }),
  listTokens: (signal?: Signal) => request<t.TokenView[]>('listTokens', { signal }),
  createToken: (body: Body<typeof t.createTokenBody>, options?: WriteOptions) =>
    request<t.CreatedToken>('createToken', { body, ...options }),
  revokeToken: ({ tokenId, ...options }: WriteOptions & { tokenId: string }) =>
    request<unknown>('revokeToken', { params: { tokenId }, ...options }),

  listAuditEntries: (query: Params<typeof l.auditQuery>, signal?: Signal) =>
    request<l.AuditPage>('listAuditEntries', { query, signal }),
  auditCsvUrl: (query: Params<typeof l.auditExportQuery>) => urlOf('exportAuditLog', { query }),
  listAuditActors: (signal?: Signal) => request<l.AuditActor[]>('listAuditActors', { signal }),
  getAuditEntry: (entryId: string, signal?: Signal) =>
    request<l.AuditEntryView>('getAuditEntry', { params: { entryId }, signal }),

  listNotices: (query: Params<typeof n.noticeQuery>, signal?: Signal) =>
    request<n.NoticePage>('listNotices', { query, signal }),
  countUnreadNotices: (signal?: Signal) => request<n.UnreadNotices>('countUnreadNotices', { signal }),
  getNotice: (noticeId: string, signal?: Signal) =>
    request<n.NoticeView>('getNotice', { params: { noticeId }, signal }),
  readNotice: (noticeId: string) => request<n.UnreadNotices>('readNotice', { params: { noticeId } }),
  readNotices: (body: Body<typeof n.readNoticesBody>) => request<n.UnreadNotices>('readNotices', { body }),
  getNoticePreferences: (signal?: Signal) => request<n.NoticePreferences>('getNoticePreferences', { signal }),
  editNoticePreferences: (body: Body<typeof n.noticePreferencesBody>, options?: WriteOptions) =>
    request<n.NoticePreferences>('editNoticePreferences', { body, ...options }),

  listTimeZones: (signal?: Signal) => request<s.TimeZoneView[]>('listTimeZones', { signal }),

  getClock: (signal?: Signal) => request<s.ClockView>('getClock', { signal }),
  setClock: (now: string) => request<s.ClockView>('setClock', { body: { now } }),
  resetClock: () => request<s.ClockView>('resetClock'),

  listComponents: (query: Params<typeof c.componentQuery>, signal?: Signal) =>
    request<PageOf<c.ComponentView>>('listComponents', { query, signal }),
  createComponent: (body: Body<typeof c.createComponentBody>, options?: WriteOptions) =>
    request<c.ComponentView>('createComponent', { body, ...options }),
  listFolders: (signal?: Signal) => request<string[]>('listFolders', { signal }),
  getComponent: (componentId: string, signal?: Signal) =>
    requestWithETag<c.ComponentDetails>('getComponent', { params: { componentId }, signal }),
  editComponent: (componentId: string, body: Body<typeof c.editComponentBody>, options?: WriteOptions) =>
    request<c.ComponentView>('editComponent', { params: { componentId }, body, ...options }),
  deleteComponent: (componentId: string, options?: WriteOptions) =>
    request<unknown>('deleteComponent', { params: { componentId }, ...options }),
  uploadContent: (componentId: string, options: UploadOptions) =>
    upload<c.RevisionView>('uploadContent', { ...options, params: { componentId } }),
  downloadContentUrl: (componentId: string, revision: number) =>
    urlOf('downloadContent', { params: { componentId, revision } }),

  listPackages: (query: Params<typeof k.packageQuery>, signal?: Signal) =>
    request<PageOf<k.PackageView>>('listPackages', { query, signal }),
  draftPackages: (body: Body<typeof k.packageDraftBody>, signal?: Signal) =>
    request<k.PackageDraft>('draftPackages', { body, signal }),
  createPackages: (body: Body<typeof k.createPackagesBody>, options?: WriteOptions) =>
    request<output<typeof k.createdPackages>>('createPackages', { body, ...options }),
  getPackage: (packageId: string, signal?: Signal) =>
    request<k.PackageDetails>('getPackage', { params: { packageId }, signal }),
  deletePackage: (packageId: string, options?: WriteOptions) =>
    request<unknown>('deletePackage', { params: { packageId }, ...options }),
  restorePackage: (packageId: string, options?: WriteOptions) =>
    request<unknown>('restorePackage', { params: { packageId }, ...options }),
  downloadPackageUrl: (packageId: string) => urlOf('downloadPackage', { params: { packageId } }),
  comparePackages: (packageId: string, otherId: string, signal?: Signal) =>
    request<k.ComparisonView>('comparePackages', { params: { packageId, otherId }, signal }),

  listPacks: (signal?: Signal) => request<p.PackListItem[]>('listPacks', { signal }),
  createPack: (body: Body<typeof p.createPackBody>, options?: WriteOptions) =>
    request<p.PackView>('createPack', { body, ...options }),
  getPack: (packId: string, signal?: Signal) =>
    requestWithETag<p.PackView>('getPack', { params: { packId }, signal }),
  editPack: ({ packId, ...options }: Pack, body: Body<typeof p.editPackBody>) =>
    request<p.PackView>('editPack', { params: { packId }, body, ...options }),
  deletePack: ({ packId, ...options }: Pack) =>
    request<unknown>('deletePack', { params: { packId }, ...options }),
  previewPackDeletion: (packId: string, signal?: Signal) =>
    request<p.PackDeletionPreview>('previewPackDeletion', { params: { packId }, signal }),
  listAddable: (packId: string, query: Params<typeof p.addableQuery>, signal?: Signal) =>
    request<PageOf<p.AddableComponent>>('listAddable', { params: { packId }, query, signal }),
  addPackages: ({ packId, ...options }: Pack, body: Body<typeof p.addPackagesBody>) =>
    request<output<typeof p.addPackagesResult>>('addPackages', { params: { packId }, body, ...options }),
  removePackage: ({ packId, componentId, ...options }: Pack & { componentId: string }) =>
    request<p.PackView>('removePackage', { params: { packId, componentId }, ...options }),
  undeletePackage: ({ packId, componentId, ...options }: Pack & { componentId: string }) =>
    request<p.PackView>('undeletePackage', { params: { packId, componentId }, ...options }),
  listVersionChoices: (packId: string, componentId: string, signal?: Signal) =>
    request<p.VersionChoice[]>('listVersionChoices', { params: { packId, componentId }, signal }),

  getReleaseDraft: (packId: string, query: Params<typeof r.releaseDraftQuery>, signal?: Signal) =>
    requestWithETag<r.ReleaseDraft>('getReleaseDraft', { params: { packId }, query, signal }),
  previewRelease: (packId: string, query: Params<typeof r.releasePreviewQuery>, signal?: Signal) =>
    request<r.ReleasePreview>('previewRelease', { params: { packId }, query, signal }),
  listReleases: (packId: string, signal?: Signal) =>
    request<r.ReleaseHistoryEntry[]>('listReleases', { params: { packId }, signal }),
  createRelease: ({ packId, ...options }: Pack, body: Body<typeof r.createReleaseBody>) =>
    request<r.ReleaseView>('createRelease', { params: { packId }, body, ...options }),
  getRelease: (releaseId: string, signal?: Signal) =>
    requestWithETag<r.ReleaseView>('getRelease', { params: { releaseId }, signal }),
  listTargets: (releaseId: string, query: Params<typeof r.targetQuery>, signal?: Signal) =>
    request<PageOf<r.TargetView>>('listTargets', { params: { releaseId }, query, signal }),
  reschedule: ({ releaseId, ...options }: Release, body: Body<typeof r.rescheduleBody>) =>
    request<r.ReleaseView>('reschedule', { params: { releaseId }, body, ...options }),
  changeVersions: ({ releaseId, ...options }: Release, body: Body<typeof r.createReleaseBody>) =>
    request<r.ReleaseView>('changeVersions', { params: { releaseId }, body, ...options }),
  releaseNow: ({ releaseId, ...options }: Release) =>
    request<r.ReleaseView>('releaseNow', { params: { releaseId }, ...options }),
  cancelRelease: ({ releaseId, ...options }: Release, body: Body<typeof r.cancelBody>) =>
    request<r.ReleaseView>('cancelRelease', { params: { releaseId }, body, ...options }),
  tryAgain: ({ releaseId, ...options }: Release) =>
    request<r.ReleaseView>('tryAgain', { params: { releaseId }, ...options }),
  getPunctuality: (signal?: Signal) => request<y.PunctualitySummary>('getPunctuality', { signal }),
  listPunctuality: (query: Params<typeof y.punctualityQuery>, signal?: Signal) =>
    request<y.PunctualityPage>('listPunctuality', { query, signal }),
  punctualityCsvUrl: () => urlOf('exportPunctuality'),
  getRollout: (releaseId: string, query: Params<typeof o.rolloutQuery>, signal?: Signal) =>
    request<o.RolloutPage>('getRollout', { params: { releaseId }, query, signal }),
  getRolloutTotals: (releaseId: string, signal?: Signal) =>
    request<o.RolloutTotals>('getRolloutTotals', { params: { releaseId }, signal }),
  rolloutCsvUrl: (releaseId: string, query: Params<typeof o.rolloutExportQuery>) =>
    urlOf('exportRollout', { params: { releaseId }, query }),
  retryDeliveries: ({ releaseId, ...options }: Release, body: o.RetryDeliveriesBody) =>
    request<o.RetryDeliveriesResult>('retryDeliveries', { params: { releaseId }, body, ...options }),
  calendarEntryUrl: (releaseId: string) => urlOf('getCalendarEntry', { params: { releaseId } }),

  browsePacks: (filter: string, signal?: Signal) =>
    request<i.AvailablePack[]>('browsePacks', { query: { filter }, signal }),
  browsePack: (packId: string, signal?: Signal) =>
    request<i.AvailablePackDetails>('browsePack', { params: { packId }, signal }),
  listInstallations: (signal?: Signal) => request<i.InstallationListItem[]>('listInstallations', { signal }),
  install: (body: i.InstallBody, options?: WriteOptions) =>
    request<i.InstallationView>('install', { body, ...options }),
  getInstallation: (installationId: string, signal?: Signal) =>
    request<i.InstallationView>('getInstallation', { params: { installationId }, signal }),
  uninstall: ({ installationId, ...options }: Installation) =>
    request<unknown>('uninstall', { params: { installationId }, ...options }),
  attach: ({ installationId, ...options }: Installation, body: Body<typeof i.attachBody>) =>
    request<i.InstallationView>('attach', { params: { installationId }, body, ...options }),
  previewDetach: (installationId: string, body: Body<typeof i.detachBody>, signal?: Signal) =>
    request<i.DetachPreview>('previewDetach', { params: { installationId }, body, signal }),
  detach: ({ installationId, ...options }: Installation, body: Body<typeof i.detachBody>) =>
    request<i.InstallationView>('detach', { params: { installationId }, body, ...options }),

  listEnvironments: (query: Params<typeof e.environmentQuery>, signal?: Signal) =>
    request<e.EnvironmentList>('listEnvironments', { query, signal }),
  createEnvironment: (body: e.CreateEnvironmentBody, options?: WriteOptions) =>
    request<e.EnvironmentView>('createEnvironment', { body, ...options }),
  getEnvironment: (environmentId: string, signal?: Signal) =>
    requestWithETag<e.EnvironmentView>('getEnvironment', { params: { environmentId }, signal }),
  editEnvironment: ({ environmentId, ...options }: Environment, body: Body<typeof e.editEnvironmentBody>) =>
    request<e.EnvironmentView>('editEnvironment', { params: { environmentId }, body, ...options }),
  deleteEnvironment: ({ environmentId, ...options }: Environment) =>
    request<unknown>('deleteEnvironment', { params: { environmentId }, ...options }),
  listEnvironmentPacks: (environmentId: string, signal?: Signal) =>
    request<u.EnvironmentPacks>('listEnvironmentPacks', { params: { environmentId }, signal }),
  applyUpdates: ({ environmentId, ...options }: Environment, body: Body<typeof u.applyUpdatesBody>) =>
    request<u.ApplyUpdatesResult>('applyUpdates', { params: { environmentId }, body, ...options }),

  getAccount: (signal?: Signal) => request<m.AccountView>('getAccount', { signal }),
  editAccount: (body: Body<typeof m.editAccountBody>, options?: WriteOptions) =>
    request<m.AccountView>('editAccount', { body, ...options }),
  getTwoStepRequirement: (signal?: Signal) =>
    request<m.TwoStepRequirement>('getTwoStepRequirement', { signal }),
  requireTwoStep: (body: Body<typeof m.requireTwoStepBody>, options?: WriteOptions) =>
    request<m.AccountView>('requireTwoStep', { body, ...options }),
  listSupportRoles: (signal?: Signal) => request<m.SupportRoleChoice[]>('listSupportRoles', { signal }),
  listManagedAccounts: (query: Params<typeof m.managedAccountQuery>, signal?: Signal) =>
    request<PageOf<m.ManagedAccountRow>>('listManagedAccounts', { query, signal }),
  createManagedAccount: (body: Body<typeof m.createManagedAccountBody>, options?: WriteOptions) =>
    request<m.ManagedAccountView>('createManagedAccount', { body, ...options }),
  getManagedAccount: (accountId: string, signal?: Signal) =>
    request<m.ManagedAccountView>('getManagedAccount', { params: { accountId }, signal }),
  editManagedAccount: (
    { accountId, ...options }: ManagedAccount,
    body: Body<typeof m.editManagedAccountBody>,
  ) => request<m.ManagedAccountView>('editManagedAccount', { params: { accountId }, body, ...options }),
  suspendAccount: ({ accountId, ...options }: ManagedAccount) =>
    request<m.ManagedAccountView>('suspendAccount', { params: { accountId }, ...options }),
  reactivateAccount: ({ accountId, ...options }: ManagedAccount) =>
    request<m.ManagedAccountView>('reactivateAccount', { params: { accountId }, ...options }),

  addAtom: (body: a.AddAtomBody, options?: WriteOptions) =>
    request<a.AddedAtom>('addAtom', { body, ...options }),
  getAtom: (atomId: string, signal?: Signal) =>
    requestWithETag<a.AtomView>('getAtom', { params: { atomId }, signal }),
  editAtom: ({ atomId, ...options }: Atom, body: Body<typeof a.editAtomBody>) =>
    request<a.AtomView>('editAtom', { params: { atomId }, body, ...options }),
  removeAtom: ({ atomId, ...options }: Atom) =>
    request<unknown>('removeAtom', { params: { atomId }, ...options }),
  listServable: (atomId: string, search: string, signal?: Signal) =>
    request<a.ServableAccounts>('listServable', { params: { atomId }, query: { search }, signal }),
  serveAccounts: ({ atomId, ...options }: Atom, body: Body<typeof a.serveAccountsBody>) =>
    request<a.AtomView>('serveAccounts', { params: { atomId }, body, ...options }),
  newAtomToken: ({ atomId, ...options }: Atom) =>
    request<a.AtomToken>('newAtomToken', { params: { atomId }, ...options }),
  revokeNode: ({ atomId, nodeId, ...options }: Atom & { nodeId: string }) =>
    request<unknown>('revokeNode', { params: { atomId, nodeId }, ...options }),
  listAtomPacks: (atomId: string, signal?: Signal) =>
    request<u.AtomPacks>('listAtomPacks', { params: { atomId }, signal }),

  listWebhooks: (signal?: Signal) => request<output<typeof w.webhookList>>('listWebhooks', { signal }),
  createWebhook: (body: Body<typeof w.createWebhookBody>, options?: WriteOptions) =>
    request<output<typeof w.webhookWithSecret>>('createWebhook', { body, ...options }),
  getWebhook: (webhookId: string, signal?: Signal) =>
    request<w.WebhookView>('getWebhook', { params: { webhookId }, signal }),
  editWebhook: ({ webhookId, ...options }: Webhook, body: Body<typeof w.editWebhookBody>) =>
    request<w.WebhookView>('editWebhook', { params: { webhookId }, body, ...options }),
  deleteWebhook: ({ webhookId, ...options }: Webhook) =>
    request<unknown>('deleteWebhook', { params: { webhookId }, ...options }),
  rollWebhookSecret: ({ webhookId, ...options }: Webhook, body: Body<typeof w.rollSecretBody>) =>
    request<output<typeof w.webhookWithSecret>>('rollWebhookSecret', {
      params: { webhookId },
      body,
      ...options,
    }),
  sendWebhookTest: ({ webhookId, ...options }: Webhook) =>
    request<w.WebhookDeliveryView>('sendWebhookTest', { params: { webhookId }, ...options }),
  listWebhookDeliveries: (webhookId: string, query: Params<typeof w.webhookDeliveryQuery>, signal?: Signal) =>
    request<PageOf<w.WebhookDeliveryRow>>('listWebhookDeliveries', { params: { webhookId }, query, signal }),
  getWebhookDelivery: (webhookId: string, deliveryId: string, signal?: Signal) =>
    request<w.WebhookDeliveryView>('getWebhookDelivery', { params: { webhookId, deliveryId }, signal }),
  sendWebhookAgain: ({ webhookId, deliveryId, ...options }: Webhook & { deliveryId: string }) =>
    request<w.WebhookDeliveryView>('sendWebhookAgain', { params: { webhookId, deliveryId }, ...options }),
}
