import { Prisma } from '@packline/database/generated/client.ts'
import { badData } from '../codec/bad-data.ts'
import type { ScalarType } from '../codec/shape.ts'
import type { Expression, Operator } from './expression.ts'

/** What an object can be filtered by: each property with its type. The source has a column of that very name. */
export type Properties = Readonly<Record<string, ScalarType | 'texts'>>

type Simple = Extract<Expression, { kind: 'simple' }>

/**
 * The filter as a condition over the source's columns. Only names of the list reach the statement, and every argument is
 * a parameter. Property names and text compare without case.
 */
export function conditionOf(expression: Expression | undefined, properties: Properties): Prisma.Sql {
  if (!expression) return Prisma.sql`true`
  if (expression.kind === 'simple') return simple(expression, properties)
  const nested = expression.nested.map((each) => conditionOf(each, properties))
  return Prisma.sql`(${Prisma.join(nested, expression.operator === 'and' ? ' and ' : ' or ')})`
}

function simple({ property, operator, args }: Simple, properties: Properties): Prisma.Sql {
  const name = Object.keys(properties).find((known) => known.toLowerCase() === property.toLowerCase())
  const type = name === undefined ? undefined : properties[name]
  if (name === undefined || type === undefined) {
    const known = Object.keys(properties).join(', ')
    throw badData(`The property "${property.slice(0, 100)}" cannot be filtered by. Use one of ${known}.`)
  }
  // From the list above, so nothing of the request is in it.
  const column = Prisma.raw(`o."${name}"`)
  const [first = '', second = ''] = args
  if (type !== 'texts') return builders[operator]({ column, type, first, second, name })
  return amongTexts(column, operator, { type: 'text', first, second, name })
}

const positiveOf: Partial<Record<Operator, Operator>> = {
  NOT_EQUALS: 'EQUALS',
  NOT_LIKE: 'LIKE',
  NOT_CONTAINS: 'CONTAINS',
  IS_NULL: 'IS_NOT_NULL',
}

/** Several texts in one column: one of them has to fit, and for what must not be, none. */
function amongTexts(column: Prisma.Sql, operator: Operator, parts: Omit<Parts, 'column'>): Prisma.Sql {
  const positive = positiveOf[operator]
  const condition = builders[positive ?? operator]({ ...parts, column: Prisma.raw('one.text') })
  const some = Prisma.sql`exists (select from unnest(${column}) one (text) where ${condition})`
  return positive ? Prisma.sql`not ${some}` : some
}

type Parts = { column: Prisma.Sql; type: ScalarType; first: string; second: string; name: string }

const builders: Record<Operator, (parts: Parts) => Prisma.Sql> = {
  EQUALS: (parts) => Prisma.sql`${left(parts)} = ${right(parts, parts.first)}`,
  NOT_EQUALS: (parts) => Prisma.sql`${left(parts)} is distinct from ${right(parts, parts.first)}`,
  IS_NULL: ({ column }) => Prisma.sql`${column} is null`,
  IS_NOT_NULL: ({ column }) => Prisma.sql`${column} is not null`,
  BETWEEN: (parts) =>
    Prisma.sql`${left(parts)} between ${right(parts, parts.first)} and ${right(parts, parts.second)}`,
  GREATER_THAN: (parts) => Prisma.sql`${left(parts)} > ${right(parts, parts.first)}`,
  GREATER_THAN_OR_EQUAL: (parts) => Prisma.sql`${left(parts)} >= ${right(parts, parts.first)}`,
  LESS_THAN: (parts) => Prisma.sql`${left(parts)} < ${right(parts, parts.first)}`,
  LESS_THAN_OR_EQUAL: (parts) => Prisma.sql`${left(parts)} <= ${right(parts, parts.first)}`,
  LIKE: (parts) => Prisma.sql`${asText(parts)} ilike ${likePattern(parts.first)}`,
  NOT_LIKE: (parts) => Prisma.sql`coalesce(${asText(parts)} not ilike ${likePattern(parts.first)}, true)`,
  STARTS_WITH: (parts) => Prisma.sql`${asText(parts)} ilike ${`${plain(parts.first)}%`}`,
  CONTAINS: (parts) => Prisma.sql`${asText(parts)} ilike ${`%${plain(parts.first)}%`}`,
  NOT_CONTAINS: (parts) =>
    Prisma.sql`coalesce(${asText(parts)} not ilike ${`%${plain(parts.first)}%`}, true)`,
}

/** Nothing but % is a wildcard. */
const likePattern = (text: string) => text.replaceAll(/[\\_]/g, String.raw`\$&`)
const plain = (text: string) => text.replaceAll(/[\\_%]/g, String.raw`\$&`)

/** Instants as they are shown: in whole seconds. */
function left({ column, type }: Parts): Prisma.Sql {
  if (type === 'text') return Prisma.sql`lower(${column})`
  return type === 'date-time' ? Prisma.sql`date_trunc('second', ${column})` : column
}

function right({ type, name }: Parts, argument: string): Prisma.Sql {
  if (type === 'text') return Prisma.sql`lower(${argument}::text)`
  if (type === 'integer') return Prisma.sql`${wholeNumber(argument, name)}::bigint`
  if (type === 'boolean') return Prisma.sql`${trueOrFalse(argument, name)}::boolean`
  return Prisma.sql`${instant(argument, name)}::timestamptz`
}

function asText({ column, type }: Parts): Prisma.Sql {
  if (type === 'text') return column
  if (type !== 'date-time') return Prisma.sql`${column}::text`
  return Prisma.sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`
}

function wholeNumber(argument: string, name: string): number {
  if (/^\s*[+-]?\d{1,15}(\.0+)?\s*$/.test(argument)) return Number(argument)
  throw badData(`${name} is a whole number; "${argument.slice(0, 50)}" is none.`)
}

function trueOrFalse(argument: string, name: string): boolean {
  const text = argument.trim().toLowerCase()
  if (text === 'true' || text === 'false') return text === 'true'
  throw badData(`${name} is true or false; "${argument.slice(0, 50)}" is neither.`)
}

/** A date means its first instant in UTC, and so does a time without an offset. */
function instant(argument: string, name: string): string {
  const [, date, time = '00:00:00', zone = 'Z'] =
    /^\s*(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)(Z|[+-]\d\d:?\d\d)?)?\s*$/i.exec(
      argument,
    ) ?? []
  try {
    return Temporal.Instant.from(`${date ?? ''}T${time}${zone}`).toString()
  } catch {
    throw badData(`${name} is an instant such as 2027-03-01T00:00:00Z; "${argument.slice(0, 50)}" is none.`)
  }
}
