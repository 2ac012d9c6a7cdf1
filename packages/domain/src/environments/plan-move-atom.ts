import type { EnvironmentSupport } from './plan-create-environment.ts'

export type MoveAtomPlan =
  | { kind: 'planned'; fromEnvironmentId: string | null; toEnvironmentId: string | null }
  | { kind: 'unchanged' }
  | { kind: 'refused'; reason: 'environment-full' }

/**
 * Puts an Atom into an environment, moves it there from another one, or takes it out: it is in at most one. With Basic
 * support an environment takes one Atom.
 */
export function planMoveAtom(
  atom: { environmentId: string | null },
  target: { environmentId: string; atomCount: number; support: EnvironmentSupport } | null,
): MoveAtomPlan {
  const toEnvironmentId = target?.environmentId ?? null
  if (atom.environmentId === toEnvironmentId) return { kind: 'unchanged' }
  if (target?.support === 'BASIC' && target.atomCount > 0) {
    return { kind: 'refused', reason: 'environment-full' }
  }
  return { kind: 'planned', fromEnvironmentId: atom.environmentId, toEnvironmentId }
}
