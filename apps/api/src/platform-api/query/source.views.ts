import type { Database, Tx } from '@packline/database/client.ts'
import { Prisma } from '@packline/database/generated/client.ts'
import { z } from 'zod'
import type { Actor } from '../../platform/actor.ts'
import { isUuid } from '../objects/conceptual-id.ts'
import { conditionOf, type Properties } from './condition.views.ts'
import type { Expression } from './expression.ts'

const pageSize = 100

/**
 * Where objects are read from: a select over what the account may see, its columns named as the object's fields, and
 * `key`, a text that is unique and orders the pages.
 */
export type Source = {
  select: (actor: Actor) => Prisma.Sql
  /** The column that GET and bulk look for. */
  idColumn: string
  properties: Properties
  /** Where pages of very many follow an index: the order, and what comes after a key. By the keys themselves otherwise. */
  order?: { by: Prisma.Sql; after: (key: string) => Prisma.Sql }
  /** It has a column "uuid" as well, by which an index finds an id among very many. */
  isLarge?: true
  /** Said where an object was there once: it has a column "isGone", is not listed any more and answers 410. */
  gone?: string
}

export type Row = Readonly<Record<string, unknown>>
const row = z.object({ key: z.string() }).catchall(z.unknown())

const byKey: NonNullable<Source['order']> = {
  by: Prisma.sql`o.key collate "C"`,
  after: (key) => Prisma.sql`o.key collate "C" > ${key}::text`,
}

/** The order of what happened, oldest first, for sources with the columns "at" and "uuid" and keys of both. */
export const inTime: NonNullable<Source['order']> = {
  by: Prisma.sql`o.at, o.uuid`,
  after: (key) => {
    const [at = '', uuid = ''] = key.split(' ')
    return Prisma.sql`(o.at, o.uuid) > (${at}::timestamptz, ${uuid}::uuid)`
  },
}

/** The columns that `inTime` needs, of the row "e". */
export const timeKey = Prisma.sql`
  to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || ' ' || e.id as key, e.at, e.id as uuid`

/** One page of what the filter leaves, in the order of the keys, and whether there is more. */
export async function readPage(
  db: Database | Tx,
  actor: Actor,
  source: Source,
  { filter, after = null }: { filter: Expression | undefined; after?: string | null },
) {
  const { order = byKey } = source
  const found = await db.$queryRaw`
    select o.* from (${source.select(actor)}) o
    where ${conditionOf(filter, source.properties)}
      and ${source.gone === undefined ? Prisma.sql`true` : Prisma.sql`not o."isGone"`}
      and ${after ? order.after(after) : Prisma.sql`true`}
    order by ${order.by} limit ${pageSize + 1}`
  const rows = z.array(row).parse(found)
  const page = rows.slice(0, pageSize)
  return { rows: page, after: rows.length > pageSize ? page.at(-1)?.key : undefined }
}

/** Those of the objects with these ids that the account may see, by id as it was asked for. */
export async function readByIds(
  db: Database | Tx,
  actor: Actor,
  source: Source,
  ids: readonly string[],
): Promise<Map<string, Row>> {
  // The database writes UUIDs in small letters, whatever clients make of them.
  const asked = new Map(ids.map((id) => [id, isUuid(id) ? id.toLowerCase() : id]))
  const wanted = [...new Set(asked.values())]
  const column = Prisma.raw(`o."${source.idColumn}"`)
  const found = await db.$queryRaw`
    select o.* from (${source.select(actor)}) o
    where ${
      source.isLarge
        ? Prisma.sql`o.uuid = any(${wanted.filter(isUuid)}::uuid[])`
        : Prisma.sql`${column}::text = any(${wanted}::text[])`
    }`
  const byId = new Map(
    z
      .array(row)
      .parse(found)
      .map((each) => [String(each[source.idColumn]), each]),
  )
  return new Map(
    [...asked].flatMap(([id, written]): [string, Row][] => {
      const one = byId.get(written)
      return one ? [[id, one]] : []
    }),
  )
}
