import type { Database, Tx } from '@packline/database/client.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import {
  findRevision,
  hasComponent,
  insertRevision,
  lockComponent,
  type Revision,
} from './components.store.ts'
import { deleteContent, discardContent, type StoredContent, storeContent } from './content.store.ts'

export type { Revision }

export type Upload = {
  componentId: string
  bytes: AsyncIterable<Uint8Array>
  mediaType: string
  /** In bytes; the largest content that is accepted. */
  limit: number
}

type Refused = {
  kind: 'refused'
  reason: 'component-not-found' | 'content-empty' | 'content-too-large'
}
export type AddContentOutcome = { kind: 'added' | 'unchanged'; revision: Revision } | Refused
/** What the saving of an upload came to: whether the content that has arrived is in use now. */
export type SavedUpload<Answer> = { answer: Answer; isContentUsed: boolean }

/**
 * Takes a component's new content. The bytes go into the database first, without a lock on anything; then one short
 * transaction, the caller's, makes them the next revision by `addRevision`. They go again when it does not.
 */
export async function uploadContent<Answer>(
  db: Database,
  { accountId }: Actor,
  { componentId, ...incoming }: Upload,
  save: (content: StoredContent) => Promise<SavedUpload<Answer>>,
): Promise<{ kind: 'saved'; answer: Answer } | Refused> {
  if (!(await hasComponent(db, accountId, componentId))) {
    return { kind: 'refused', reason: 'component-not-found' }
  }
  const stored = await storeContent(db, incoming)
  if (stored.kind === 'refused') return stored

  const { contentId } = stored.content
  try {
    const { answer, isContentUsed } = await save(stored.content)
    if (!isContentUsed) await discardContent(db, contentId)
    return { kind: 'saved', answer }
  } catch (error) {
    await discardContent(db, contentId)
    throw error
  }
}

/** The same within a transaction that does more, for contents that are whole in memory. */
export async function addContent(
  tx: Tx,
  actor: Actor,
  { componentId, bytes, mediaType, limit }: Omit<Upload, 'bytes'> & { bytes: Uint8Array },
  now: Temporal.Instant,
): Promise<AddContentOutcome> {
  const stored = await storeContent(tx, { bytes: piecesOf(bytes), mediaType, limit })
  if (stored.kind === 'refused') return stored
  const { content } = stored
  const outcome = await addRevision(tx, actor, { componentId, content, mediaType }, now)
  if (outcome.kind !== 'added') await deleteContent(tx, content.contentId)
  return outcome
}

async function* piecesOf(bytes: Uint8Array) {
  yield bytes
}

/** Makes a stored content the component's next revision. The same bytes as the current revision's add nothing. */
export async function addRevision(
  tx: Tx,
  actor: Actor,
  { componentId, content, mediaType }: { componentId: string; content: StoredContent; mediaType: string },
  now: Temporal.Instant,
): Promise<AddContentOutcome> {
  const component = await lockComponent(tx, actor.accountId, componentId)
  if (!component || component.isDeleted) return { kind: 'refused', reason: 'component-not-found' }

  const current = await findRevision(tx, component.id, component.currentRevision)
  if (current?.sha256 === content.sha256) return { kind: 'unchanged', revision: current }

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
