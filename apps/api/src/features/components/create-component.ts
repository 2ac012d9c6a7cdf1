import type { Tx } from '@packline/database/client.ts'
import {
  checkComponentName,
  checkFolder,
  type ComponentNameRefusal,
} from '@packline/domain/packaged-components/component-name.ts'
import type { ComponentType } from '@packline/domain/packaged-components/component-type.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { insertComponent } from './components.store.ts'

export type ComponentDraft = {
  name: string
  type: ComponentType
  folder: string
  containsProcessRoute: boolean
}

export type CreateComponentOutcome =
  | { kind: 'created'; componentId: string }
  | { kind: 'refused'; reason: ComponentNameRefusal | 'folder-too-long' | 'process-route-outside-process' }

/** Makes a component without content; the first upload gives it its first revision. */
export async function createComponent(
  tx: Tx,
  actor: Actor,
  now: Temporal.Instant,
  draft: ComponentDraft,
): Promise<CreateComponentOutcome> {
  const { type, containsProcessRoute } = draft
  const name = checkComponentName(draft.name)
  if (name.kind === 'refused') return name
  const folder = checkFolder(draft.folder)
  if (folder.kind === 'refused') return folder
  if (containsProcessRoute && type !== 'process') {
    return { kind: 'refused', reason: 'process-route-outside-process' }
  }

  const component = { name: name.name, type, folder: folder.folder, containsProcessRoute }
  const componentId = await insertComponent(
    tx,
    { ...component, accountId: actor.accountId, createdByName: actor.name },
    now,
  )
  await audit(tx, actor, now, {
    action: 'as.component ADD',
    objectType: 'component',
    objectId: componentId,
    after: component,
  })
  return { kind: 'created', componentId }
}
