import type { Database, Tx } from '@packline/database/client.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { businessNow } from '../../platform/clock.ts'
import { isBusy } from '../../platform/database-errors.ts'
import {
  findRevision,
  hasComponent,
  insertRevision,
  lockComponent,
  type Revision,
} from './components.store.ts'
import { deleteContent, discardContent, type StoredContent, storeContent } from './content.store.ts'

export type Upload = {
  componentId: string
  bytes: AsyncIterable<Uint8Array>
  mediaType: string
  /** In bytes; the largest content that is accepted. */
  limit: number
}

export type UploadContentOutcome =
  | { kind: 'added' | 'unchanged'; revision: Revision }
  | { kind: 'refused'; reason: 'component-not-found' | 'content-empty' | 'content-too-large' }

/**
 * Takes a component's new content. The bytes go into the database first, without a lock on anything; then one short
 * transaction makes them the next revision. The same bytes as the current revision's add nothing.
 */
export async function uploadContent(
  db: Database,
  actor: Actor,
  { componentId, ...incoming }: Upload,
): Promise<UploadContentOutcome> {
  if (!(await hasComponent(db, actor.accountId, componentId))) {
    return { kind: 'refused', reason: 'component-not-found' }
  }
  const stored = await storeContent(db, incoming)
  if (stored.kind === 'refused') return stored

  const { content } = stored
  const add = () =>
    db.$transaction((tx) => addRevision(tx, actor, content, { componentId, mediaType: incoming.mediaType }))
  try {
    // A deadlock or a lock that took too long has written nothing, so one more try is safe.
    const outcome = await add().catch((error: unknown) => {
      if (isBusy(error)) return add()
      throw error
    })
    return outcome
  } catch (error) {
    await discardContent(db, content.contentId)
    throw error
  }
}

/** The same within a transaction that does more, for contents that are whole in memory. */
export async function addContent(
  tx: Tx,
  actor: Actor,
  { componentId, bytes, mediaType, limit }: Omit<Upload, 'bytes'> & { bytes: Uint8Array },
): Promise<UploadContentOutcome> {
  const stored = await storeContent(tx, { bytes: piecesOf(bytes), mediaType, limit })
  return stored.kind === 'refused'
    ? stored
    : addRevision(tx, actor, stored.content, { componentId, mediaType })
}

async function* piecesOf(bytes: Uint8Array) {
  yield bytes
}

async function addRevision(
  tx: Tx,
  actor: Actor,
  content: StoredContent,
  { componentId, mediaType }: { componentId: string; mediaType: string },
): Promise<UploadContentOutcome> {
  const now = await businessNow(tx)
  const component = await lockComponent(tx, actor.accountId, componentId)
  if (!component || component.isDeleted) {
    await deleteContent(tx, content.contentId)
    return { kind: 'refused', reason: 'component-not-found' }
  }

  const current = await findRevision(tx, component.id, component.currentRevision)
  if (current?.sha256 === content.sha256) {
    await deleteContent(tx, content.contentId)
    return { kind: 'unchanged', revision: current }
  }

  const { contentId, sha256, size } = content
  const added = {
    componentId: component.id,
    revision: component.currentRevision + 1,
    contentId,
    createdByName: actor.name,
  }
  const id = await insertRevision(tx, added, now)
  await audit(tx, actor, now, {
    action: 'as.component.content UPDATE',
    objectType: 'component',
    objectId: component.id,
    before: current && { revision: current.revision, sha256: current.sha256, size: current.size },
    after: { revision: added.revision, sha256, size },
  })
  return {
    kind: 'added',
    revision: {
      id,
      revision: added.revision,
      sha256,
      size,
      mediaType,
      createdAt: now,
      createdByName: actor.name,
    },
  }
}
