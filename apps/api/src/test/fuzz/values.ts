import fc from 'fast-check'
import { anything, rubbish } from '../platform-api/malformed-requests.ts'
import { kindOf, schema, type Schema } from '../route-probes.ts'

/** Stands for a real id of that kind until the request is sent: `{{packId}}`. */
export const placeOf = (kind: string) => `{{${kind}}}`
/** For one of another account. */
export const foreignPlaceOf = (kind: string) => `{{other ${kind}}}`

/** Values that keep to the schema, lie on its edges, or are something else altogether. */
export function valueFor(part: Schema, name: string, depth = 0): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 30, arbitrary: faithful(part, name, depth) },
    { weight: 1, arbitrary: onTheEdge(part) },
    { weight: 1, arbitrary: anything },
  )
}

function faithful(part: Schema, name: string, depth: number): fc.Arbitrary<unknown> {
  const options = part.anyOf ?? part.oneOf
  if (depth > 6) return fc.constant(null)
  if (options) return fc.oneof(...options.map((one) => valueFor(schema.parse(one), name, depth + 1)))
  if (part.const !== undefined) return fc.constant(part.const)
  if (part.enum) return fc.constantFrom(...part.enum)
  if (part.properties || part.type === 'object') return anObject(part, depth)
  if (part.items !== undefined) {
    return fc.array(valueFor(schema.parse(part.items), name, depth + 1), { maxLength: 3 })
  }
  if (part.type === 'boolean') return fc.boolean()
  if (part.type === 'integer' || part.type === 'number') {
    return fc.integer({ min: Math.max(part.minimum ?? 0, -1e9), max: Math.min(part.maximum ?? 100, 1e9) })
  }
  if (part.type === 'null') return fc.constant(null)
  return aText(part, name)
}

function anObject({ properties = {}, required = [] }: Schema, depth: number) {
  const fields = Object.entries(properties).map(
    ([key, one]) => [key, valueFor(schema.parse(one), key, depth + 1)] as const,
  )
  const plain = fc.record(Object.fromEntries(fields), { requiredKeys: required })
  const withMore = fc.tuple(
    plain,
    fc.constantFrom('accountId', 'status', '__proto__', 'constructor', 'x'),
    anything,
  )
  return fc.oneof(
    { weight: 20, arbitrary: plain },
    { weight: 1, arbitrary: withMore.map(([value, key, more]): unknown => ({ ...value, [key]: more })) },
  )
}

const samples: Record<string, readonly string[]> = {
  timeZone: ['Europe/Berlin', 'America/Havana', 'Africa/Cairo', 'UTC', 'CET', 'Mars/Olympus'],
  releaseOn: ['2027-03-01', '2027-02-29', '2027-11-07', '9999-12-31', '0000-00-00', '2027-03-01T00:00'],
  url: ['https://example.test/', 'http://127.0.0.1/', 'https://[::1]/', 'javascript:alert(1)'],
  email: ['ada@example.test', 'ADA@EXAMPLE.TEST', 'a@b', '@', 'ada@example.test\r\nBcc: x'],
  token: ['A'.repeat(43), 'x'],
}

function aText(part: Schema, name: string): fc.Arbitrary<unknown> {
  const kind = kindOf(name)
  if (kind) {
    return fc.oneof(
      { weight: 12, arbitrary: fc.constant(placeOf(kind)) },
      { weight: 1, arbitrary: fc.constant(foreignPlaceOf(kind)) },
      { weight: 1, arbitrary: fc.uuid() },
      { weight: 1, arbitrary: rubbish },
    )
  }
  if (part.format === 'date-time') {
    return fc.constantFrom('2027-01-15T10:00:00Z', '2027-01-15T10:00:00+05:45', '2027-13-01T00:00:00Z')
  }
  const given = samples[name]
  const words = fc.string({ minLength: Math.max(part.minLength ?? 1, 1), maxLength: part.maxLength ?? 20 })
  return fc.oneof(
    { weight: 4, arbitrary: given ? fc.constantFrom(...given) : words },
    { weight: 1, arbitrary: rubbish },
  )
}

function onTheEdge({ type, minLength = 0, maxLength = 5_000, minimum, maximum, maxItems = 100 }: Schema) {
  const { MAX_SAFE_INTEGER: most } = Number
  if (type === 'integer' || type === 'number') {
    const [low, high] = [minimum ?? -most, maximum ?? most]
    return fc.constantFrom<unknown>(low, low - 1, high, high + 1, 0, -0, 1.5, most + 2, '1')
  }
  if (type === 'array') return fc.constantFrom<unknown>([], Array(maxItems + 1).fill('x'), [[]], [null])
  const long = [maxLength, maxLength + 1].map((length) => 'é'.repeat(Math.min(length, 20_000)))
  return fc.constantFrom<unknown>(
    '',
    ' '.repeat(minLength + 1),
    'x'.repeat(Math.max(minLength - 1, 0)),
    ...long,
  )
}
