import type { Actor } from '../platform/actor.ts'
import type { Deps } from '../platform/deps.ts'
import { RequestRefused } from '../platform/problems.ts'
import type { BulkEntry, PlatformAnswer } from './codec/answers.ts'
import { badData } from './codec/bad-data.ts'
import { readValue } from './codec/read-value.ts'
import { attribute, listOf, type Shape, shape, type Value } from './codec/shape.ts'
import { absentSentence } from './objects/absent.ts'
import type { PlatformObject, ReadContext, Reading } from './objects/platform-object.ts'
import { tagOf } from './object-condition.ts'
import { rowToValue } from './objects/row-to-value.ts'
import { readFilter } from './query/expression.ts'
import { saveContinuation, takeContinuation } from './query/query-tokens.store.ts'
import { readByIds, readPage, type Row } from './query/source.views.ts'

export type Reader = { object: PlatformObject & { reading: Reading }; deps: Deps }

/** Completes rows and puts them into the form that is written. */
async function finishRows(
  { shape: of, reading }: Reader['object'],
  rows: readonly Row[],
  context: ReadContext,
): Promise<readonly Value[]> {
  return reading.finish ? reading.finish(rows, context) : rows.map((row) => rowToValue(of, row))
}

/** One object by its id; one that does not exist and one of another account are refused alike. */
export async function getObject({ object, deps }: Reader, actor: Actor, id: string): Promise<Value> {
  const [found] = await findObjects({ object, deps }, { db: deps.db, actor, deps, purpose: 'get' }, [id])
  if (!found) throw unknownId(object.shape, id)
  if (found.isGone) throw new RequestRefused({ status: 410, code: 'gone', message: found.sentence })
  return found.value
}

export type Found = { isGone: false; value: Value } | { isGone: true; sentence: string }

export async function findObjects(
  { object }: Reader,
  context: ReadContext,
  ids: readonly string[],
): Promise<readonly (Found | undefined)[]> {
  const { source } = object.reading
  // No id has a NUL character, and the database takes no text with one.
  const possible = ids.filter((id) => !id.includes('\0'))
  const found = await readByIds(context.db, context.actor, source, possible)
  const rows = [...found].filter(([, row]) => row['isGone'] !== true)
  const values = await finishRows(
    object,
    rows.map(([, row]) => row),
    context,
  )
  // Not a field: what the answer's ETag is.
  const byId = new Map(rows.map(([id, row], index) => [id, { ...values[index], etag: tagOf(object, row) }]))
  return ids.map((id) => {
    const value = byId.get(id)
    if (value) return { isGone: false, value }
    return found.has(id) ? { isGone: true, sentence: source.gone ?? '' } : undefined
  })
}

export const unknownId = ({ name }: Shape, id: string) => badData(absentSentence(name, id))

const bulkRequest = shape('BulkRequest', {
  type: attribute.text,
  request: listOf(shape('request', { id: attribute.text })),
})
const bulkLimit = 100

/** Up to a hundred objects by their ids, each with a status of its own. */
export async function getBulk(reader: Reader, actor: Actor, body: unknown): Promise<PlatformAnswer> {
  const { type = 'GET', request = [] } = readValue(bulkRequest, body)
  if (type.toUpperCase() !== 'GET') throw badData(`Bulk does GET only here, not ${type.slice(0, 20)}.`)
  if (request.length > bulkLimit)
    throw badData(`A bulk has ${bulkLimit} ids at most; ${request.length} came.`)
  const ids = request.map(({ id = '' }) => id)
  const { object, deps } = reader
  const values = await findObjects(reader, { db: deps.db, actor, deps, purpose: 'get' }, [...new Set(ids)])
  const byId = new Map([...new Set(ids)].map((id, index) => [id, values[index]]))
  const entries = ids.map((id): BulkEntry => {
    const found = byId.get(id)
    if (!found) return { id, statusCode: 400, errorMessage: absentSentence(object.shape.name, id) }
    if (found.isGone) return { id, statusCode: 410, errorMessage: found.sentence }
    return { id, statusCode: object.reading.statusOf?.(found.value) ?? 200, value: found.value }
  })
  return { kind: 'bulk', entries }
}

/** The first page of a query. */
export function query({ object, deps }: Reader, actor: Actor, filter: unknown): Promise<PlatformAnswer> {
  return page(object, { db: deps.db, actor, deps, purpose: 'query' }, { filter, after: null })
}

/** The next page of a query, for the token that came with the page before. A page that fails leaves the token good. */
export function queryMore({ object, deps }: Reader, actor: Actor, text: string): Promise<PlatformAnswer> {
  const token = text.trim().replace(/^"(.*)"$/s, '$1')
  return deps.db.$transaction(async (tx) => {
    const next = await takeContinuation(tx, token, { ...actor, object: object.shape.name })
    if (next) return page(object, { db: tx, actor, deps, purpose: 'query' }, next)
    throw badData(
      'This queryToken is not valid: each is good once and for half an hour. Send the query again.',
    )
  })
}

async function page(
  object: Reader['object'],
  context: ReadContext,
  { filter, after }: { filter: unknown; after: string | null },
): Promise<PlatformAnswer> {
  const { db, actor } = context
  const found = await readPage(db, actor, object.reading.source, { filter: readFilter(filter), after })
  const values = await finishRows(object, found.rows, context)
  if (found.after === undefined) return { kind: 'query', values }
  const next = { ...actor, object: object.shape.name, filter, after: found.after }
  return { kind: 'query', values, queryToken: await saveContinuation(db, next) }
}
