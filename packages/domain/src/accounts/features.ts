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

/** What each feature is called on screen, what it gives, and which other features it cannot be on without. */
export const featureTable: Record<
  AccountFeature,
  { label: string; gives: string; requires: readonly AccountFeature[] }
> = {
  'integration-pack-management': {
    label: 'Integration pack management',
    gives: 'makes the account a publisher: it creates, releases and shares integration packs',
    requires: [],
  },
  'multi-install': {
    label: 'Multi-install integration packs',
    gives: 'integration packs of type Multiple Attachments, installed any number of times in an account',
    requires: ['integration-pack-management'],
  },
  'account-groups': {
    label: 'Account groups',
    gives: 'managed accounts of its own, and groups of them to share with',
    requires: [],
  },
  'partner-api': {
    label: 'Partner API',
    gives: 'the Platform API for managing other accounts',
    requires: [],
  },
  'publisher-integration-pack-api': {
    label: 'Publisher Integration Pack API',
    gives: 'creating and releasing integration packs with the Platform API',
    requires: ['integration-pack-management'],
  },
  'integration-pack-api': {
    label: 'Integration Pack API',
    gives: 'installing and attaching integration packs with the Platform API',
    requires: [],
  },
  'advanced-user-security': {
    label: 'Advanced User Security',
    gives: 'custom roles, and roles shared by the primary account',
    requires: [],
  },
  'unlimited-environments': {
    label: 'Unlimited environments',
    gives: 'any number of Atoms in an environment; comes with Unlimited environment support',
    requires: [],
  },
  'test-connection-licensing': {
    label: 'Test Connection Licensing',
    gives: 'environments classified as Test',
    requires: ['unlimited-environments'],
  },
  'api-management': { label: 'API Management', gives: 'API Service components', requires: [] },
  'process-library': {
    label: 'Process Library',
    gives: 'processes published as templates to copy',
    requires: [],
  },
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
