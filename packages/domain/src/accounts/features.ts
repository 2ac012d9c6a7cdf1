export type AccountFeature =
  | 'integration-pack-management'
  | 'multi-install'
  | 'account-groups'
  | 'partner-api'
  | 'publisher-integration-pack-api'
  | 'integration-pack-api'
  | 'advanced-user-security'
  | 'unlimited-environments'
  | 'test-connection-licensing'
  | 'api-management'
  | 'process-library'

/** What each feature is called on screen, and which other features it cannot be on without. */
export const featureTable: Record<AccountFeature, { label: string; requires: readonly AccountFeature[] }> = {
  'integration-pack-management': { label: 'Integration pack management', requires: [] },
  'multi-install': { label: 'Multi-install integration packs', requires: ['integration-pack-management'] },
  'account-groups': { label: 'Account groups', requires: [] },
  'partner-api': { label: 'Partner API', requires: [] },
  'publisher-integration-pack-api': {
    label: 'Publisher Integration Pack API',
    requires: ['integration-pack-management'],
  },
  'integration-pack-api': { label: 'Integration Pack API', requires: [] },
  'advanced-user-security': { label: 'Advanced User Security', requires: [] },
  'unlimited-environments': { label: 'Unlimited environments', requires: [] },
  'test-connection-licensing': { label: 'Test Connection Licensing', requires: ['unlimited-environments'] },
  'api-management': { label: 'API Management', requires: [] },
  'process-library': { label: 'Process Library', requires: [] },
}

/** Accounts keep their features by name; a name the table does not have switches nothing on. */
export const isAccountFeature = (name: string): name is AccountFeature => Object.hasOwn(featureTable, name)

/** The features that really work: those switched on whose required features are on as well. */
export function effectiveFeatures(switchedOn: Iterable<AccountFeature>): ReadonlySet<AccountFeature> {
  const on = new Set(switchedOn)
  const works = (feature: AccountFeature): boolean =>
    on.has(feature) && featureTable[feature].requires.every(works)
  return new Set([...on].filter(works))
}
