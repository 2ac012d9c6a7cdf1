import type { AccountFeature } from '../accounts/features.ts'
import { checkEnvironmentName, type EnvironmentNameRefusal } from './environment-name.ts'

export type EnvironmentClassification = 'PRODUCTION' | 'TEST'
/** Basic: production only, one Atom for each environment. Unlimited: test as well, any number of Atoms. */
export type EnvironmentSupport = 'BASIC' | 'UNLIMITED'

export type ClassificationRefusal = 'test-needs-unlimited' | 'test-needs-licensing'
export type CreateEnvironmentRefusal = EnvironmentNameRefusal | ClassificationRefusal

export type CreateEnvironmentPlan =
  | { kind: 'planned'; name: string; classification: EnvironmentClassification }
  | { kind: 'refused'; reason: CreateEnvironmentRefusal }

export type EnvironmentRights = { support: EnvironmentSupport; features: ReadonlySet<AccountFeature> }

/** Plans a new environment; what it is classified as is never changed later. Takes the effective features. */
export function planCreateEnvironment(
  draft: { name: string; classification: EnvironmentClassification },
  rights: EnvironmentRights,
): CreateEnvironmentPlan {
  const name = checkEnvironmentName(draft.name)
  if (name.kind === 'refused') return name
  const refusal = whyNotClassified(draft.classification, rights)
  if (refusal !== null) return { kind: 'refused', reason: refusal }
  return { kind: 'planned', name: name.name, classification: draft.classification }
}

/** Why an account cannot have environments of this classification, or null when it can. */
export function whyNotClassified(
  classification: EnvironmentClassification,
  { support, features }: EnvironmentRights,
): ClassificationRefusal | null {
  if (classification === 'PRODUCTION') return null
  if (support === 'BASIC') return 'test-needs-unlimited'
  return features.has('test-connection-licensing') ? null : 'test-needs-licensing'
}
