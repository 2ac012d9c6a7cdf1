import { type CheckCondition, requireUnchanged } from '../platform/condition.ts'
import { etagOf, factsEtag } from '../platform/etag.ts'
import type { PlatformObject, Reading } from './objects/platform-object.ts'
import { rowToValue } from './objects/row-to-value.ts'
import { readByIds, type Row } from './query/source.views.ts'

type Tagged = Pick<PlatformObject, 'shape' | 'update' | 'remove'>

/**
 * The tag that `If-Match` takes, of an object that can be changed or removed: of the version, where its changes are
 * counted, else of those facts that somebody decides on. What comes and goes without ever changing is a fact by itself.
 */
export function tagOf({ shape, update, remove }: Tagged, row: Row): string | undefined {
  if (!update && !remove) return undefined
  const { etagVersion: version, etagFacts: facts = row['key'] } = row
  return typeof version === 'number' ? etagOf(version) : factsEtag([facts], rowToValue(shape, row))
}

/** For updates and deletions: what the caller has seen of the object is what it still is. */
export function unchangedObject(object: PlatformObject & { reading: Reading }): CheckCondition {
  const { shape, reading } = object
  return requireUnchanged<{ row: Row; etag: string }>({
    find: async (db, { actor, params }) => {
      const { id } = params as { id: string } // the routes of updates and deletions have it in their address
      // No id has a NUL character, and the database takes no text with one.
      const row = id.includes('\0') ? undefined : (await readByIds(db, actor, reading.source, [id])).get(id)
      const etag = row && row['isGone'] !== true ? tagOf(object, row) : undefined
      return row && etag !== undefined ? { row, etag } : undefined
    },
    etagOf: ({ etag }) => etag,
    rowsOf: ({ row }, { actor }) => reading.rowsOf?.(row, actor) ?? [],
    changed: {
      code: 'object-changed',
      message: `Somebody has changed this ${shape.name} since you read it. Nothing was saved: read it anew, then decide again.`,
    },
  })
}

/** For creations: nobody can have seen what is not there yet. */
export const nothingSeen: CheckCondition = async (_tx, { headers }) => {
  const expected = headers['if-match']
  if (expected === undefined || expected.trim() === '*') return undefined
  return {
    status: 412,
    code: 'nothing-seen',
    message: 'A CREATE makes something that nobody can have seen before. Send it without If-Match.',
  }
}
