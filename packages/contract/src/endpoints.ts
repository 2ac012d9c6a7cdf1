/**
 * Every route of the console's API, once, for the server, the browser and the tests.
 * Paths are relative to `/api/v1`; `:name` is a parameter.
 */
export const endpoints = {
  about: { method: 'GET', path: '/about' },

  getSession: { method: 'GET', path: '/session' },
  signIn: { method: 'POST', path: '/session' },
  signOut: { method: 'DELETE', path: '/session' },
  chooseAccount: { method: 'PUT', path: '/session/account' },
  editProfile: { method: 'PATCH', path: '/user' },
  changePassword: { method: 'PUT', path: '/user/password' },
  listDevices: { method: 'GET', path: '/user/sessions' },
  revokeDevice: { method: 'DELETE', path: '/user/sessions/:sessionId' },
  listTimeZones: { method: 'GET', path: '/time-zones' },

  getClock: { method: 'GET', path: '/demo/clock' },
  setClock: { method: 'PUT', path: '/demo/clock' },
  resetClock: { method: 'DELETE', path: '/demo/clock' },

  listComponents: { method: 'GET', path: '/components' },
  createComponent: { method: 'POST', path: '/components' },
  listFolders: { method: 'GET', path: '/component-folders' },
  getComponent: { method: 'GET', path: '/components/:componentId' },
  editComponent: { method: 'PATCH', path: '/components/:componentId' },
  deleteComponent: { method: 'DELETE', path: '/components/:componentId' },
  uploadContent: { method: 'PUT', path: '/components/:componentId/content' },
  downloadContent: { method: 'GET', path: '/components/:componentId/revisions/:revision/content' },

  listPackages: { method: 'GET', path: '/packaged-components' },
  createPackages: { method: 'POST', path: '/packaged-components' },
  draftPackages: { method: 'POST', path: '/packaged-components/draft' },
  getPackage: { method: 'GET', path: '/packaged-components/:packageId' },
  deletePackage: { method: 'DELETE', path: '/packaged-components/:packageId' },
  restorePackage: { method: 'POST', path: '/packaged-components/:packageId/restore' },
  downloadPackage: { method: 'GET', path: '/packaged-components/:packageId/content' },
  comparePackages: { method: 'GET', path: '/packaged-components/:packageId/comparison/:otherId' },

  listPacks: { method: 'GET', path: '/integration-packs' },
  createPack: { method: 'POST', path: '/integration-packs' },
  getPack: { method: 'GET', path: '/integration-packs/:packId' },
  editPack: { method: 'PATCH', path: '/integration-packs/:packId' },
  deletePack: { method: 'DELETE', path: '/integration-packs/:packId' },
  previewPackDeletion: { method: 'GET', path: '/integration-packs/:packId/deletion-preview' },
  listAddable: { method: 'GET', path: '/integration-packs/:packId/addable-components' },
  addPackages: { method: 'POST', path: '/integration-packs/:packId/packages' },
  removePackage: { method: 'DELETE', path: '/integration-packs/:packId/packages/:componentId' },
  undeletePackage: { method: 'POST', path: '/integration-packs/:packId/packages/:componentId/undelete' },
  listVersionChoices: { method: 'GET', path: '/integration-packs/:packId/packages/:componentId/versions' },

  getReleaseDraft: { method: 'GET', path: '/integration-packs/:packId/release-draft' },
  previewRelease: { method: 'GET', path: '/integration-packs/:packId/release-preview' },
  listReleases: { method: 'GET', path: '/integration-packs/:packId/releases' },
  createRelease: { method: 'POST', path: '/integration-packs/:packId/releases' },
  getRelease: { method: 'GET', path: '/releases/:releaseId' },
  listTargets: { method: 'GET', path: '/releases/:releaseId/targets' },
  reschedule: { method: 'PATCH', path: '/releases/:releaseId' },
  changeVersions: { method: 'POST', path: '/releases/:releaseId/replacement' },
  releaseNow: { method: 'POST', path: '/releases/:releaseId/release-now' },
  cancelRelease: { method: 'POST', path: '/releases/:releaseId/cancellation' },
  tryAgain: { method: 'POST', path: '/releases/:releaseId/try-again' },
  getCalendarEntry: { method: 'GET', path: '/releases/:releaseId/calendar.ics' },
  getRollout: { method: 'GET', path: '/releases/:releaseId/rollout' },
  getRolloutTotals: { method: 'GET', path: '/releases/:releaseId/rollout/totals' },
  exportRollout: { method: 'GET', path: '/releases/:releaseId/rollout.csv' },
  retryDeliveries: { method: 'POST', path: '/releases/:releaseId/rollout/retry' },

  browsePacks: { method: 'GET', path: '/browse/integration-packs' },
  browsePack: { method: 'GET', path: '/browse/integration-packs/:packId' },
  listInstallations: { method: 'GET', path: '/installations' },
  install: { method: 'POST', path: '/installations' },
  getInstallation: { method: 'GET', path: '/installations/:installationId' },
  uninstall: { method: 'DELETE', path: '/installations/:installationId' },
  attach: { method: 'POST', path: '/installations/:installationId/attachments' },
  previewDetach: { method: 'POST', path: '/installations/:installationId/detachments/preview' },
  detach: { method: 'POST', path: '/installations/:installationId/detachments' },

  listEnvironments: { method: 'GET', path: '/environments' },
  createEnvironment: { method: 'POST', path: '/environments' },
  getEnvironment: { method: 'GET', path: '/environments/:environmentId' },
  editEnvironment: { method: 'PATCH', path: '/environments/:environmentId' },
  deleteEnvironment: { method: 'DELETE', path: '/environments/:environmentId' },
  addAtom: { method: 'POST', path: '/atoms' },
  getAtom: { method: 'GET', path: '/atoms/:atomId' },
  editAtom: { method: 'PATCH', path: '/atoms/:atomId' },
  removeAtom: { method: 'DELETE', path: '/atoms/:atomId' },
  listServable: { method: 'GET', path: '/atoms/:atomId/accounts' },
  serveAccounts: { method: 'PUT', path: '/atoms/:atomId/accounts' },
  newAtomToken: { method: 'POST', path: '/atoms/:atomId/tokens' },
  revokeNode: { method: 'DELETE', path: '/atoms/:atomId/nodes/:nodeId' },

  listEnvironmentPacks: { method: 'GET', path: '/environments/:environmentId/integration-packs' },
  applyUpdates: { method: 'POST', path: '/environments/:environmentId/updates' },
  listAtomPacks: { method: 'GET', path: '/atoms/:atomId/integration-packs' },

  hearChanges: { method: 'GET', path: '/events' },
} as const satisfies Record<
  string,
  { method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'; path: `/${string}` }
>

export type EndpointName = keyof typeof endpoints
