import type { ComponentType } from '../packaged-components/component-type.ts'
import { checkNotes } from '../text/notes.ts'
import { type ListenerStatus, listenerStatusOf } from './listener-status.ts'

export type DeployRefusal = 'package-deleted' | 'notes-too-long'

export type DeployPlan =
  | { kind: 'planned'; version: number; notes: string; listenerStatus: ListenerStatus | null }
  | { kind: 'refused'; reason: DeployRefusal }

/** The last deployment of the component in the environment, whether it still runs or not. */
export type FormerDeployment = { version: number; listenerStatus: ListenerStatus | null }

/**
 * Plans deploying a package to an environment by itself. Each deployment of a component there has the next number and
 * ends the one before it, also when it is of the same package again.
 */
export function planDeploy(
  { componentType, isDeleted }: { componentType: ComponentType; isDeleted: boolean },
  former: FormerDeployment | undefined,
  asked: { notes: string; listenerStatus: string | undefined },
): DeployPlan {
  if (isDeleted) return { kind: 'refused', reason: 'package-deleted' }
  const check = checkNotes(asked.notes)
  if (check.kind === 'refused') return check
  return {
    kind: 'planned',
    version: (former?.version ?? 0) + 1,
    notes: check.notes,
    listenerStatus: listenerStatusOf({
      type: componentType,
      asked: asked.listenerStatus,
      former: former?.listenerStatus ?? null,
    }),
  }
}
