import { checkPackDescription } from './pack-description.ts'
import { checkPackName, type PackNameRefusal } from './pack-name.ts'
import type { PackType } from './pack-type.ts'

export type EditPackRefusal = PackNameRefusal | 'description-too-long' | 'type-fixed' | 'name-fixed'

export type EditPackPlan =
  | { kind: 'planned'; name: string; description: string }
  | { kind: 'refused'; reason: EditPackRefusal }

type PackDetails = { name: string; description: string; type: PackType }

/**
 * Plans a change of name and description; what is not given stays. The type never changes; the name of a
 * MULTI pack does not either, while sending the same name again is no change.
 */
export function planEditPack(pack: PackDetails, change: Partial<PackDetails>): EditPackPlan {
  if (change.type !== undefined && change.type !== pack.type) return refused('type-fixed')
  const name = checkPackName(change.name ?? pack.name)
  if (name.kind === 'refused') return name
  if (pack.type === 'MULTI' && name.name !== pack.name) return refused('name-fixed')
  const description = checkPackDescription(change.description ?? pack.description)
  if (description.kind === 'refused') return description
  return { kind: 'planned', name: name.name, description: description.description }
}

const refused = (reason: EditPackRefusal): EditPackPlan => ({ kind: 'refused', reason })
