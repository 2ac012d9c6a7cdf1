import type { AccountFeature } from '../accounts/features.ts'
import { checkPackDescription } from './pack-description.ts'
import { checkPackName, type PackNameRefusal } from './pack-name.ts'
import { type PackType, packTypeChoices } from './pack-type.ts'

export type CreatePackRefusal = PackNameRefusal | 'description-too-long' | 'type-not-available'

export type CreatePackPlan =
  | { kind: 'planned'; name: string; description: string; type: PackType }
  | { kind: 'refused'; reason: CreatePackRefusal }

/** Plans a new, empty pack. Takes the account's effective features. */
export function planCreatePack(
  draft: { name: string; description: string; type: PackType },
  features: ReadonlySet<AccountFeature>,
): CreatePackPlan {
  const name = checkPackName(draft.name)
  if (name.kind === 'refused') return name
  const description = checkPackDescription(draft.description)
  if (description.kind === 'refused') return description
  if (!packTypeChoices(features).includes(draft.type)) {
    return { kind: 'refused', reason: 'type-not-available' }
  }
  return { kind: 'planned', name: name.name, description: description.description, type: draft.type }
}
