import type { PackItem } from './pack-item.ts'

export type RemovePackagePlan =
  | { kind: 'planned' }
  | { kind: 'unchanged' }
  | { kind: 'refused'; reason: 'component-not-in-pack' }

/** Removing is soft until the next release, for a row that was never released too (R-15, D-9). Twice is once. */
export function planRemovePackage(componentId: string, items: readonly PackItem[]): RemovePackagePlan {
  const item = items.find((one) => one.componentId === componentId)
  if (!item) return { kind: 'refused', reason: 'component-not-in-pack' }
  return item.isRemoved ? { kind: 'unchanged' } : { kind: 'planned' }
}

/** The rows that a complete list of components leaves out, and which therefore are removed. */
export function rowsMissingFrom(componentIds: readonly string[], items: readonly PackItem[]): string[] {
  const listed = new Set(componentIds)
  return items
    .filter(({ componentId, isRemoved }) => !isRemoved && !listed.has(componentId))
    .map(({ componentId }) => componentId)
}
