import type { Tx } from '@packline/database/client.ts'
import {
  checkComponentName,
  checkFolder,
  type ComponentNameRefusal,
} from '@packline/domain/packaged-components/component-name.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { lockComponent, updateComponent } from './components.store.ts'

export type ComponentChanges = {
  name?: string | undefined
  folder?: string | undefined
  containsProcessRoute?: boolean | undefined
}

export type EditComponentOutcome =
  | { kind: 'edited' }
  | {
      kind: 'refused'
      reason:
        | 'component-not-found'
        | 'process-route-outside-process'
        | 'folder-too-long'
        | ComponentNameRefusal
    }

/** Changes what is left out of the content: packages made before keep the name and folder they were made with. */
export async function editComponent(
  tx: Tx,
  actor: Actor,
  now: Temporal.Instant,
  { componentId, changes }: { componentId: string; changes: ComponentChanges },
): Promise<EditComponentOutcome> {
  const component = await lockComponent(tx, actor.accountId, componentId)
  if (!component || component.isDeleted) return { kind: 'refused', reason: 'component-not-found' }

  const name = checkComponentName(changes.name ?? component.name)
  if (name.kind === 'refused') return name
  const folder = checkFolder(changes.folder ?? component.folder)
  if (folder.kind === 'refused') return folder
  const containsProcessRoute = changes.containsProcessRoute ?? component.containsProcessRoute
  if (containsProcessRoute && component.type !== 'process') {
    return { kind: 'refused', reason: 'process-route-outside-process' }
  }

  const before = {
    name: component.name,
    folder: component.folder,
    containsProcessRoute: component.containsProcessRoute,
  }
  const after = { name: name.name, folder: folder.folder, containsProcessRoute }
  const isSame = JSON.stringify(before) === JSON.stringify(after)
  if (isSame) return { kind: 'edited' }

  await updateComponent(tx, component.id, after, now)
  await audit(tx, actor, now, {
    action: 'as.component UPDATE',
    objectType: 'component',
    objectId: component.id,
    before,
    after,
  })
  return { kind: 'edited' }
}
