import type { Database, Tx } from '@packline/database/client.ts'
import { Prisma } from '@packline/database/generated/client.ts'
import type { FastifyRequest } from 'fastify'
import { matchesEtag } from './etag.ts'
import type { Refusal } from './problems.ts'

/** Rows that stay as they are until the transaction ends: all that have one of the values in each of the columns. */
export type HeldRows = {
  table:
    | 'Account'
    | 'AccountGroup'
    | 'ApiToken'
    | 'Atom'
    | 'Attachment'
    | 'CloudAccount'
    | 'Component'
    | 'Deployment'
    | 'Environment'
    | 'Installation'
    | 'IntegrationPack'
    | 'Invitation'
    | 'Notice'
    | 'PackagedComponent'
    | 'Session'
    | 'User'
    | 'Webhook'
  where: Readonly<Record<string, string | readonly string[]>>
  /** Others may hold them as well; nobody changes them. */
  isShared?: boolean
}

/**
 * What a write is about, for callers who say by `If-Match` what they have seen of it. In a route's `config`, where
 * `write()` finds it.
 */
export type Condition<View> = {
  find: (db: Database | Tx, request: FastifyRequest) => Promise<View | undefined>
  etagOf: (view: View) => string
  /** In the order in which the write itself locks them. */
  rowsOf: (view: View, request: FastifyRequest) => readonly HeldRows[]
  changed: { code: string; message: string }
}

/** A condition whatever its view: why the request cannot go on, or undefined. */
export type CheckCondition = (tx: Tx, request: FastifyRequest) => Promise<Refusal | undefined>

declare module 'fastify' {
  interface FastifyContextConfig {
    /** On routes that change something: what `If-Match` is compared with. */
    condition?: CheckCondition
  }
}

/**
 * Compares under the locks of the write, so that nobody comes in between. What is gone or nobody's is left to the write,
 * which has words for it; what is outdated at first sight is refused without holding anything.
 */
export function requireUnchanged<View>({ find, etagOf, rowsOf, changed }: Condition<View>): CheckCondition {
  return async (tx, request) => {
    if (request.headers['if-match'] === undefined) return undefined
    const seen = await find(tx, request)
    if (!seen) return undefined
    const refusal = (current: View): Refusal => ({
      status: 412,
      ...changed,
      details: { current },
      etag: etagOf(current),
    })
    if (!matchesEtag(request, etagOf(seen))) return refusal(seen)

    for (const rows of rowsOf(seen, request)) await holdRows(tx, rows)
    const held = await find(tx, request)
    return held && !matchesEtag(request, etagOf(held)) ? refusal(held) : undefined
  }
}

async function holdRows(tx: Tx, { table, where, isShared = false }: HeldRows) {
  const columns = Object.entries(where).map(([column, values]) => {
    const isText = column === 'accountId' || (table === 'Account' && column === 'id')
    const type = Prisma.raw(isText ? 'text[]' : 'uuid[]')
    return Prisma.sql`${Prisma.raw(`"${column}"`)} = any(${[values].flat()}::${type})`
  })
  await tx.$queryRaw`
    select from ${Prisma.raw(`"${table}"`)} where ${Prisma.join(columns, ' and ')}
    order by ${Prisma.raw(`"${Object.keys(where)[0]}"`)}
    ${Prisma.raw(isShared ? 'for share' : 'for no key update')}`
}
