import { badData } from '../codec/bad-data.ts'
import { isRecord, readText } from '../codec/read-value.ts'

export const operators = [
  'EQUALS',
  'NOT_EQUALS',
  'LIKE',
  'NOT_LIKE',
  'STARTS_WITH',
  'CONTAINS',
  'NOT_CONTAINS',
  'IS_NULL',
  'IS_NOT_NULL',
  'BETWEEN',
  'GREATER_THAN',
  'GREATER_THAN_OR_EQUAL',
  'LESS_THAN',
  'LESS_THAN_OR_EQUAL',
] as const
export type Operator = (typeof operators)[number]

export type Expression =
  | { kind: 'simple'; property: string; operator: Operator; args: readonly string[] }
  | { kind: 'group'; operator: 'and' | 'or'; nested: readonly Expression[] }

const depthLimit = 10
const countLimit = 100
const argumentLimit = 1_000

/** The filter of a QUERY, or undefined for everything: clients ask for that in four ways. */
export function readFilter(body: unknown): Expression | undefined {
  const filter = part(body, 'QueryFilter', 'The body')
  const expression = part(filter, 'expression', 'QueryFilter')
  if (isEmpty(expression)) return undefined
  return readExpression(expression, { depth: 1, count: { left: countLimit } })
}

function part(of: unknown, name: string, where: string): unknown {
  if (isEmpty(of)) return undefined
  if (!isRecord(of)) throw badData(`${where} must be an object with ${name}.`)
  return sole(Object.hasOwn(of, name) ? of[name] : undefined)
}

const sole = (found: unknown): unknown => (Array.isArray(found) && found.length === 1 ? found[0] : found)

const isEmpty = (found: unknown) =>
  found === undefined ||
  found === null ||
  (typeof found === 'string' && found.trim() === '') ||
  (isRecord(found) && Object.keys(found).every((key) => key === '@type'))

type Limits = { depth: number; count: { left: number } }

function readExpression(given: unknown, { depth, count }: Limits): Expression {
  if (depth > depthLimit) throw badData(`Expressions may be nested ${depthLimit} deep at most.`)
  if (--count.left < 0) throw badData(`A filter may have ${countLimit} expressions at most.`)
  if (!isRecord(given)) throw badData('An expression must be an object with an operator.')
  const operator = readText(field(given, 'operator') ?? '', 'operator').trim()
  if (/^(and|or)$/i.test(operator)) {
    const nested = listOf(field(given, 'nestedExpression'))
    if (nested.length === 0) throw badData(`The group "${operator}" needs a nestedExpression.`)
    return {
      kind: 'group',
      operator: operator.toLowerCase() === 'and' ? 'and' : 'or',
      nested: nested.map((each) => readExpression(each, { depth: depth + 1, count })),
    }
  }
  return readSimple(given, operator)
}

function readSimple(given: Readonly<Record<string, unknown>>, name: string): Expression {
  const operator = operators.find((known) => known === name.toUpperCase())
  if (!operator) {
    throw badData(`The operator "${name.slice(0, 100)}" is not known. Use one of ${operators.join(', ')}.`)
  }
  const property = readText(field(given, 'property') ?? '', 'property').trim()
  if (property === '') throw badData(`The expression with ${operator} names no property.`)
  const args = listOf(field(given, 'argument')).map((each) => readText(each ?? '', 'argument'))
  if (args.some((arg) => arg.length > argumentLimit)) {
    throw badData(`An argument has ${argumentLimit} characters at most.`)
  }
  const needed = argumentsOf(operator)
  if (needed > 0 && args.length !== needed) {
    throw badData(
      `${operator} takes ${needed === 1 ? 'one argument' : 'two arguments'}; ${args.length} came for ${property.slice(0, 100)}.`,
    )
  }
  return { kind: 'simple', property, operator, args: args.slice(0, needed) }
}

function argumentsOf(operator: Operator): number {
  if (operator === 'IS_NULL' || operator === 'IS_NOT_NULL') return 0
  return operator === 'BETWEEN' ? 2 : 1
}

const field = (of: Readonly<Record<string, unknown>>, name: string): unknown =>
  Object.hasOwn(of, name) ? of[name] : undefined

function listOf(found: unknown): readonly unknown[] {
  if (found === undefined || found === null) return []
  return Array.isArray(found) ? found : [found]
}
