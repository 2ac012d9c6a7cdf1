import { createHash } from 'node:crypto'
import type { Database, Tx } from '@packline/database/client.ts'
import { z } from 'zod'

/** Every chunk but the last has this size, so that a byte's chunk can be computed. */
const chunkBytes = 256 * 1024

export type StoredContent = { contentId: string; sha256: string; size: number }
export type StoreContentOutcome =
  | { kind: 'stored'; content: StoredContent }
  | { kind: 'refused'; reason: 'content-empty' | 'content-too-large' }

type Incoming = { bytes: AsyncIterable<Uint8Array>; mediaType: string; limit: number }

const idRows = z.tuple([z.object({ id: z.uuid() })])

/**
 * Writes bytes as they arrive, chunk by chunk, so that memory stays flat, and no connection is held between two chunks,
 * so that slow senders cannot use up the pool. The content belongs to nothing until a revision names it; whatever goes
 * wrong on the way takes it away again.
 */
export async function storeContent(db: Database | Tx, incoming: Incoming): Promise<StoreContentOutcome> {
  const [{ id: contentId }] = idRows.parse(
    await db.$queryRaw`
      insert into "Content" (id, sha256, size, "mediaType", "createdAt")
      values (new_id(), '', 0, ${incoming.mediaType}, app_now()) returning id`,
  )
  try {
    const outcome = await storeChunks(db, contentId, incoming)
    if (outcome.kind === 'refused') await deleteContent(db, contentId)
    return outcome
  } catch (error) {
    await discardContent(db, contentId)
    throw error
  }
}

async function storeChunks(
  db: Database | Tx,
  contentId: string,
  { bytes, limit }: Incoming,
): Promise<StoreContentOutcome> {
  const hash = createHash('sha256')
  let size = 0
  let position = 0
  for await (const chunk of chunksOf(bytes)) {
    size += chunk.byteLength
    if (size > limit) return { kind: 'refused', reason: 'content-too-large' }
    hash.update(chunk)
    await db.$executeRaw`
      insert into "ContentChunk" ("contentId", position, bytes) values (${contentId}::uuid, ${position}, ${chunk})`
    position++
  }
  if (size === 0) return { kind: 'refused', reason: 'content-empty' }

  const sha256 = hash.digest('hex')
  await db.$executeRaw`
    update "Content" set sha256 = ${sha256}, size = ${size} where id = ${contentId}::uuid`
  return { kind: 'stored', content: { contentId, sha256, size } }
}

/** Cuts a stream of any pieces into chunks of one size. */
async function* chunksOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer<ArrayBuffer>> {
  let chunk = Buffer.alloc(chunkBytes)
  let filled = 0
  for await (const piece of bytes) {
    let rest = piece
    while (rest.byteLength > 0) {
      const part = rest.subarray(0, chunkBytes - filled)
      chunk.set(part, filled)
      filled += part.byteLength
      rest = rest.subarray(part.byteLength)
      if (filled < chunkBytes) continue
      yield chunk
      chunk = Buffer.alloc(chunkBytes)
      filled = 0
    }
  }
  if (filled > 0) yield chunk.subarray(0, filled)
}

export async function deleteContent(db: Database | Tx, contentId: string) {
  await db.$executeRaw`delete from "Content" where id = ${contentId}::uuid`
}

/**
 * Deletes a content after a failure, which must not hide that failure. What stays because the database is away goes
 * with the abandoned ones; what a revision names after all, because only the answer to its commit was lost, is kept by
 * the foreign key.
 */
export async function discardContent(db: Database | Tx, contentId: string) {
  await deleteContent(db, contentId).catch(() => undefined)
}

/** Deletes what uploads left that a crash ended: contents older than an hour that no revision names. Says how many. */
export function deleteAbandonedContents(db: Database): Promise<number> {
  return db.$executeRaw`
    delete from "Content" c
    where c."createdAt" < app_now() - interval '1 hour'
      and not exists (select from "ComponentRevision" r where r."contentId" = c.id)`
}
