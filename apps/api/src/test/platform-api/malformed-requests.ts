import fc from 'fast-check'
import { operators } from '../../platform-api/query/expression.ts'
import { encodeXml } from './answer-validation.ts'
import {
  publicDescription,
  publicOperations,
  type PublicOperation,
  resolve,
  type Schema,
  schemaNamed,
} from './public-description.ts'

/** Names where a real id belongs; the test puts one of its own there. */
const realId = (index: number) => `{{${index}}}`

export type MalformedRequest = {
  operation: PublicOperation
  id: string
  body: string | undefined
  headers: Record<string, string>
}

export const rubbish = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '',
    ' ',
    '\0',
    '%00',
    "' or true --",
    '../..',
    '{}',
    '[]',
    '<a/>',
    '&x;',
    'null',
    '__proto__',
  ),
  fc.constantFrom('ÿ'.repeat(300), '9'.repeat(40), '-1', '1e999', '2027-02-30', '\ud800', '\u202e', '%', '_'),
)
const anId = fc.oneof(
  { weight: 6, arbitrary: fc.nat(40).map(realId) },
  { weight: 1, arbitrary: fc.uuid() },
  { weight: 1, arbitrary: rubbish },
)
const aText = fc.oneof(
  { weight: 4, arbitrary: anId },
  { weight: 3, arbitrary: fc.string({ minLength: 1, maxLength: 20 }) },
  { weight: 2, arbitrary: rubbish },
  {
    weight: 2,
    arbitrary: fc.constantFrom('1.0', '2.0', 'SINGLE', 'MULTI', 'ADD', 'DELETE', 'PROD', 'IMMEDIATELY'),
  },
)
export const anything = fc.oneof(
  rubbish,
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.jsonValue({ maxDepth: 3 }),
)

/** A value that more or less keeps to the schema. */
function fromSchema(schema: Schema, depth = 0): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 12, arbitrary: faithful(schema, depth) }, { weight: 1, arbitrary: anything })
}

function faithful(schema: Schema & { enum?: string[] }, depth: number): fc.Arbitrary<unknown> {
  if (depth > 6) return fc.constant({})
  if (schema.enum) return fc.oneof(fc.constantFrom(...schema.enum), rubbish)
  if (schema.type === 'array' && schema.items) {
    return fc.array(fromSchema(resolve(schema.items).schema, depth + 1), { maxLength: 3 })
  }
  if (schema.properties) {
    const fields = Object.entries(schema.properties).map(
      ([name, property]) => [name, fromSchema(resolve(property).schema, depth + 1)] as const,
    )
    return fc.record(Object.fromEntries(fields), { requiredKeys: schema.required?.filter(() => true) ?? [] })
  }
  if (schema.type === 'integer')
    return fc.oneof(fc.integer(), fc.constantFrom('3', '2.0', 'three', 1.5, 1e30))
  if (schema.type === 'boolean') return fc.oneof(fc.boolean(), fc.constantFrom('true', 'FALSE', 'maybe', 1))
  return aText
}

const anExpression: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  simple: fc.record(
    {
      operator: fc.oneof(fc.constantFrom(...operators), rubbish),
      property: fc.oneof(
        fc.constantFrom('name', 'id', 'accountId', 'date', 'deleted', 'version', 'active'),
        rubbish,
      ),
      argument: fc.oneof(fc.array(aText, { maxLength: 3 }), aText, anything),
    },
    { requiredKeys: ['operator', 'property'] },
  ),
  group: fc.record({
    operator: fc.constantFrom('and', 'or', 'xor'),
    nestedExpression: fc.oneof(fc.array(tie('any'), { maxLength: 3 }), tie('any')),
  }),
  any: fc.oneof({ depthSize: 'small', withCrossShrink: true }, tie('simple'), tie('group')),
})).any

function bodyFor({ object, operation }: PublicOperation): fc.Arbitrary<unknown> {
  if (operation === 'QUERY') {
    return fc.oneof(fc.record({ QueryFilter: fc.record({ expression: anExpression }) }), anything)
  }
  if (operation === 'BULK') return fromSchema(schemaNamed(`${object}BulkRequest`))
  return operation === 'CREATE' || operation === 'UPDATE' ? fromSchema(schemaNamed(object)) : anything
}

/** As it would travel: JSON, XML of the same fields, or something broken on the way. */
const written = (operation: PublicOperation) =>
  fc
    .tuple(bodyFor(operation), fc.constantFrom('json', 'json', 'xml', 'cut', 'none'), fc.nat(200))
    .map(([value, how, length]): string | undefined => {
      if (how === 'none') return undefined
      const root = { QUERY: `${operation.object}QueryConfig`, BULK: `${operation.object}BulkRequest` }
      const name = root[operation.operation as 'QUERY' | 'BULK'] ?? operation.object
      const asXml = () =>
        Object.hasOwn(publicDescription.components.schemas, name) ? encodeXml(name, value) : String(value)
      if (how === 'xml') return asXml()
      const text = JSON.stringify(value) ?? ''
      return how === 'json' ? text : (length % 2 === 0 ? text : asXml()).slice(0, length)
    })
const headers = fc.record(
  {
    accept: fc.constantFrom('application/json', 'application/xml', '*/*', 'text/html;q=x', ',,;'),
    'content-type': fc.constantFrom(
      'application/json',
      'application/xml',
      'text/plain',
      '\tapplication/json',
      'x',
      'a/b; c',
    ),
    'if-match': fc.constantFrom('"1"', '*', 'W/"x"', 'nonsense'),
    'idempotency-key': fc.constantFrom('short', 'k'.repeat(250)),
  },
  { requiredKeys: ['accept'] },
)

/** Requests made from the public schemas, most of them wrong somewhere. */
export const malformedRequest: fc.Arbitrary<MalformedRequest> = fc.oneof(
  ...publicOperations.map((operation) =>
    fc.record({ operation: fc.constant(operation), id: anId, body: written(operation), headers }),
  ),
)
