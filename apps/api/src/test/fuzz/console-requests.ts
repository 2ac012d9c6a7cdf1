import fc from 'fast-check'
import { rubbish } from '../platform-api/malformed-requests.ts'
import { kindOf, type Method, type Route, schema } from '../route-probes.ts'
import { foreignPlaceOf, placeOf, valueFor } from './values.ts'

export type FuzzedRequest = {
  route: Route
  method: Method
  /** With the places of real ids still open. */
  path: string
  query: Record<string, string>
  body: string | undefined
  headers: Record<string, string>
}

const inAddress = (name: string) =>
  fc.oneof(
    { weight: 12, arbitrary: fc.constant(placeOf(kindOf(name) ?? 'packId')) },
    { weight: 1, arbitrary: fc.constant(foreignPlaceOf(kindOf(name) ?? 'packId')) },
    { weight: 1, arbitrary: fc.uuid() },
    // Without anything it would be another address.
    { weight: 1, arbitrary: rubbish.map((text) => encodeURIComponent(text.toWellFormed()) || '%20') },
  )

function pathFor({ path }: Route): fc.Arbitrary<string> {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  const values = names.map((name) =>
    name === 'revision' ? fc.constantFrom('1', '2', '0', 'x') : inAddress(name),
  )
  return fc
    .tuple(...values)
    .map((found) =>
      found.reduce((made, value, index) => made.replace(`{${names[index] ?? ''}}`, () => value), path),
    )
}

function queryFor({ operation: { parameters } }: Route): fc.Arbitrary<Record<string, string>> {
  const inQuery = parameters.filter((one) => one.in === 'query')
  const fields = inQuery.map(
    ({ name, schema: part }) => [name, valueFor(schema.parse(part), name).map(String)] as const,
  )
  return fc.record(Object.fromEntries(fields), {
    requiredKeys: inQuery.filter(({ required }) => required).map(({ name }) => name),
  })
}

/** As it travels: JSON that keeps to the schema more or less, or that was cut on the way. */
function bodyFor({ operation: { requestBody } }: Route): fc.Arbitrary<string | undefined> {
  const part = requestBody?.content['application/json']?.schema
  if (part === undefined) return fc.constantFrom(undefined, undefined, undefined, '{}', '{"x":1}')
  return fc.tuple(valueFor(schema.parse(part), ''), fc.nat(120)).map(([value, chance]) => {
    const text = JSON.stringify(value) ?? ''
    return chance < 3 ? text.slice(0, chance * 7) : text
  })
}

const headers = fc.record(
  {
    'content-type': fc.oneof(
      { weight: 15, arbitrary: fc.constant('application/json') },
      {
        weight: 1,
        arbitrary: fc.constantFrom('application/json\t', ' application/json', 'text/plain', 'a/b; c', ''),
      },
    ),
    accept: fc.constantFrom('application/json', '*/*', 'text/html;q=x', ',,;'),
    'if-match': fc.constantFrom('"1"', '*', 'W/"x"', 'nonsense', '"1", "2"'),
    'idempotency-key': fc.oneof(fc.constantFrom('short', 'k'.repeat(250), 'k e y'), fc.uuid()),
    'accept-encoding': fc.constantFrom('br', 'gzip;q=0.1', 'identity', 'x'),
    range: fc.constantFrom('bytes=0-1', 'bytes=9-', 'bytes=-0', 'bytes=5-1', 'lines=1'),
  },
  { requiredKeys: ['content-type'] },
)

/** Requests made from what the API says of itself: right ones, those on the edge, and wrong ones. */
export const fuzzedRequests = (routes: readonly Route[]): fc.Arbitrary<FuzzedRequest> =>
  fc.oneof(
    ...routes.map((route) => ({
      weight: isCostly(route) ? 1 : 8,
      arbitrary: fc.record({
        route: fc.constant(route),
        method: fc.constant(route.method),
        path: pathFor(route),
        query: queryFor(route),
        body: bodyFor(route),
        headers,
      }),
    })),
  )

/** Where a password is hashed, or an answer takes its time on purpose. */
const isCostly = ({ path }: Route) =>
  /^\/(session$|password-resets|user\/password|invitation-links)/.test(path)
