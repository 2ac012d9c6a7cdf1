import type { EnvironmentSupport } from '../environments/plan-create-environment.ts'
import { type AccountFeature, featureTable } from './features.ts'

/**
 * What a managed account's features need beyond the table: a publisher shares its packs through account groups of its
 * own, and the Partner API acts on accounts that it manages.
 */
const alsoRequired: Partial<Record<AccountFeature, readonly AccountFeature[]>> = {
  'integration-pack-management': ['account-groups'],
  'partner-api': ['account-groups'],
}

export const requiredOfManaged = (feature: AccountFeature): readonly AccountFeature[] => [
  ...featureTable[feature].requires,
  ...(alsoRequired[feature] ?? []),
]

/** Those that a primary account chooses; Unlimited environments come with the environment support. */
export const choosableFeatures: readonly AccountFeature[] = (Object.keys(featureTable) as AccountFeature[]) // the record is keyed by AccountFeature
  .filter((feature) => feature !== 'unlimited-environments')

export type FeaturesPlan =
  | { kind: 'planned'; features: readonly AccountFeature[] }
  | { kind: 'refused'; reason: 'feature-needs-another'; feature: AccountFeature; needs: AccountFeature }

/** The features of a managed account as they are stored: in the table's order, those of its environment support among them. */
export function planManagedFeatures(
  asked: readonly AccountFeature[],
  support: EnvironmentSupport,
): FeaturesPlan {
  const on = new Set(asked)
  if (support === 'UNLIMITED') on.add('unlimited-environments')
  else on.delete('unlimited-environments')

  for (const feature of on) {
    const needs = requiredOfManaged(feature).find((required) => !on.has(required))
    if (needs) return { kind: 'refused', reason: 'feature-needs-another', feature, needs }
  }
  const inOrder = Object.keys(featureTable) as AccountFeature[] // the record is keyed by AccountFeature
  return { kind: 'planned', features: inOrder.filter((feature) => on.has(feature)) }
}
