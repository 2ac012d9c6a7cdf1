import type { AccountFeature } from '../accounts/features.ts'
import type { ComponentType } from '../packaged-components/component-type.ts'

export type PackType = 'SINGLE' | 'MULTI'

export const packTypeTable: Record<PackType, { label: string; meaning: string }> = {
  SINGLE: { label: 'Single Attachment', meaning: 'Installed once in an account' },
  MULTI: {
    label: 'Multiple Attachments',
    meaning: 'Installed any number of times in an account, each time with a name and process IDs of its own',
  },
}

/** The types a new pack may have, the first preselected. A list of one is not shown. */
export function packTypeChoices(features: ReadonlySet<AccountFeature>): readonly PackType[] {
  return features.has('multi-install') ? ['SINGLE', 'MULTI'] : ['SINGLE']
}

/** MULTI packs never hold API Service components. */
export function packTypeTakes(packType: PackType, componentType: ComponentType): boolean {
  return !(packType === 'MULTI' && componentType === 'webservice')
}
