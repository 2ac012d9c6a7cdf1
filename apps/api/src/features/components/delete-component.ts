import type { Tx } from '@packline/database/client.ts'
import {
  type DeleteComponentPlan,
  planDeleteComponent,
} from '@packline/domain/packaged-components/plan-delete-component.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { listPacksWithComponent, lockComponent, markComponentDeleted } from './components.store.ts'

export type DeleteComponentOutcome =
  | { kind: 'deleted' }
  | { kind: 'refused'; reason: 'component-not-found' }
  | Extract<DeleteComponentPlan, { kind: 'refused' }>

/** Deletes a component that is in no pack; its packages stay. */
export async function deleteComponent(
  tx: Tx,
  actor: Actor,
  now: Temporal.Instant,
  componentId: string,
): Promise<DeleteComponentOutcome> {
  // The lock makes an addition to a pack that is under way finish first: its row refers to the component's.
  const component = await lockComponent(tx, actor.accountId, componentId)
  if (!component) return { kind: 'refused', reason: 'component-not-found' }
  const plan = planDeleteComponent(component.isDeleted, await listPacksWithComponent(tx, component.id))
  if (plan.kind === 'refused') return plan

  await markComponentDeleted(tx, component.id, now)
  await audit(tx, actor, now, {
    action: 'as.component DELETE',
    objectType: 'component',
    objectId: component.id,
    before: { name: component.name, type: component.type, folder: component.folder },
  })
  return { kind: 'deleted' }
}
