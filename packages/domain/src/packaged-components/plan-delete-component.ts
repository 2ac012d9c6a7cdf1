import type { PackageUser } from './plan-delete-package.ts'

export type DeleteComponentPlan =
  | { kind: 'planned' }
  | { kind: 'refused'; reason: 'component-already-deleted' }
  | { kind: 'refused'; reason: 'component-in-packs'; packs: readonly PackageUser[] }

/** A component that is in packs, removed rows included, cannot be deleted; the refusal names the packs. */
export function planDeleteComponent(isDeleted: boolean, packs: readonly PackageUser[]): DeleteComponentPlan {
  if (isDeleted) return { kind: 'refused', reason: 'component-already-deleted' }
  return packs.length > 0 ? { kind: 'refused', reason: 'component-in-packs', packs } : { kind: 'planned' }
}
