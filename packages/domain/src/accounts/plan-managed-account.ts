import type { EnvironmentSupport } from '../environments/plan-create-environment.ts'
import { type AccountNameRefusal, checkAccountName } from './account-name.ts'
import type { OpenAccountStatus } from './account-status.ts'
import type { AccountFeature } from './features.ts'
import { planManagedFeatures } from './managed-features.ts'

/** What a primary account decides about an account it manages. */
export type ManagedAccountDetails = {
  name: string
  features: readonly AccountFeature[]
  environmentSupport: EnvironmentSupport
  legacyDeployment: boolean
  /** What the account is, or will be again when a suspended one is reactivated. */
  status: OpenAccountStatus
}

/** What the account has already, so that a change would leave it with things it may not have. */
export type AccountUsage = {
  testEnvironments: number
  /** Environments with more than one Atom. */
  crowdedEnvironments: number
  packs: number
  managedAccounts: number
  /** Groups of its own, All Accounts not counted. */
  accountGroups: number
}

/** What stands in the way, and how much of it there is. */
export type UsageRefusal = {
  kind: 'refused'
  reason:
    | 'basic-with-test-environments'
    | 'basic-with-crowded-environments'
    | 'licensing-with-test-environments'
    | 'pack-management-with-packs'
    | 'account-groups-with-accounts'
    | 'account-groups-with-groups'
  count: number
}

export type ManagedAccountPlan =
  | { kind: 'planned'; details: ManagedAccountDetails }
  | { kind: 'refused'; reason: AccountNameRefusal }
  | Extract<ReturnType<typeof planManagedFeatures>, { kind: 'refused' }>
  | UsageRefusal

/** Plans a new managed account. */
export function planCreateAccount(draft: ManagedAccountDetails): ManagedAccountPlan {
  const name = checkAccountName(draft.name)
  if (name.kind === 'refused') return name
  const plan = planManagedFeatures(draft.features, draft.environmentSupport)
  if (plan.kind === 'refused') return plan
  return { kind: 'planned', details: { ...draft, name: name.name, features: plan.features } }
}

/** Plans a change of a managed account; whatever it has already must still be allowed afterwards. */
export function planEditAccount(
  before: ManagedAccountDetails,
  draft: ManagedAccountDetails,
  usage: AccountUsage,
): ManagedAccountPlan {
  const isAsBefore =
    draft.environmentSupport === before.environmentSupport &&
    new Set(draft.features).symmetricDifference(new Set(before.features)).size === 0
  // Whoever only changes the name is not asked to mend features that somebody else has set.
  const plan = planCreateAccount(isAsBefore ? { ...draft, features: [], environmentSupport: 'BASIC' } : draft)
  if (plan.kind === 'refused') return plan
  const { name, features } = plan.details
  if (isAsBefore) return { kind: 'planned', details: { ...draft, name, features: before.features } }
  return (
    whyNotWith(usage, draft.environmentSupport, new Set(features)) ?? {
      kind: 'planned',
      details: plan.details,
    }
  )
}

/**
 * Basic support has production environments with one Atom each (1.1): whoever has more gives it up first. The same goes
 * for what a feature has given.
 */
function whyNotWith(
  usage: AccountUsage,
  support: EnvironmentSupport,
  on: ReadonlySet<AccountFeature>,
): UsageRefusal | null {
  const isBasic = support === 'BASIC'
  const obstacles: readonly (readonly [boolean, UsageRefusal['reason'], number])[] = [
    [isBasic, 'basic-with-test-environments', usage.testEnvironments],
    [isBasic, 'basic-with-crowded-environments', usage.crowdedEnvironments],
    [!on.has('test-connection-licensing'), 'licensing-with-test-environments', usage.testEnvironments],
    [!on.has('integration-pack-management'), 'pack-management-with-packs', usage.packs],
    [!on.has('account-groups'), 'account-groups-with-accounts', usage.managedAccounts],
    [!on.has('account-groups'), 'account-groups-with-groups', usage.accountGroups],
  ]
  const found = obstacles.find(([wouldForbid, , count]) => wouldForbid && count > 0)
  return found ? { kind: 'refused', reason: found[1], count: found[2] } : null
}
