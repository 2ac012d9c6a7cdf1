import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { IdKind, World } from './world.ts'

export const schema = z.looseObject({
  type: z.string().optional(),
  format: z.string().optional(),
  const: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  default: z.unknown().optional(),
  required: z.array(z.string()).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
  allOf: z.array(z.unknown()).optional(),
  pattern: z.string().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  maxItems: z.number().optional(),
})
export type Schema = z.infer<typeof schema>

const content = z.record(z.string(), z.object({ schema: z.unknown() }))
const operation = z.object({
  parameters: z
    .array(
      z.object({ name: z.string(), in: z.string(), required: z.boolean().optional(), schema: z.unknown() }),
    )
    .default([]),
  requestBody: z.object({ content }).optional(),
  responses: z.record(z.string(), z.object({ content: content.optional() })),
})
const document = z.object({ paths: z.record(z.string(), z.record(z.string(), operation)) })

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
export type Route = { method: Method; path: string; operation: z.infer<typeof operation> }

export const nameOf = ({ method, path }: Pick<Route, 'method' | 'path'>) => `${method} ${path}`

/** Every documented route of the console's API; a test beside the documentation holds that there are no others. */
export function routesOf(openApi: unknown): Route[] {
  return Object.entries(document.parse(openApi).paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => ({
      // Nothing else is documented, as the schema of the console's endpoints says.
      method: method.toUpperCase() as Method,
      path: path.replace('/api/v1', ''),
      operation: one,
    })),
  )
}

/** Names of ids that do not end in the name of what they are of. */
const otherNames: Record<string, IdKind> = {
  otherId: 'otherPackageId',
  rollBackTo: 'currentReleaseId',
  replaces: 'releaseId',
  actorId: 'userId',
  objectId: 'packId',
  upTo: 'noticeId',
}
const kinds: readonly IdKind[] = [
  'accountId',
  'userId',
  'sessionId',
  'tokenId',
  'componentId',
  'packageId',
  'packId',
  'releaseId',
  'environmentId',
  'atomId',
  'nodeId',
  'installationId',
  'attachmentId',
  'roleId',
  'groupId',
  'invitationId',
  'webhookId',
  'deliveryId',
  'noticeId',
  'entryId',
]

/** What kind of thing an id of that name stands for; undefined for what is no id. */
export function kindOf(name: string): IdKind | undefined {
  // Stands in place of environments, in accounts of another kind than the world's; tested where Atoms are attached to.
  if (name === 'atomIds') return undefined
  const one = name.replace(/Ids$/, 'Id')
  return otherNames[one] ?? kinds.find((kind) => one.toLowerCase().endsWith(kind.toLowerCase()))
}

/** Where an id stands in a request: each is tried by itself and all together. */
export type Slot = { place: 'path' | 'query' | 'body'; name: string; kind: IdKind }
export type IdOf = (slot: Slot) => string

export function slotsOf({ path, operation: { parameters, requestBody } }: Route): Slot[] {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  const unknown = inPath.filter((name) => kindOf(name) === undefined && !notIds.has(name))
  if (unknown.length > 0)
    throw new Error(`Which world's id is ${unknown.join()} in ${path}? Say so in route-probes.ts.`)
  const found: Slot[] = inPath.flatMap((name) => slot('path', name))
  for (const parameter of parameters)
    if (parameter.in === 'query') found.push(...slot('query', parameter.name))
  const body = requestBody?.content['application/json']?.schema
  if (body !== undefined) collect(schema.parse(body), '', (name) => found.push(...slot('body', name)))
  return found.filter(
    ({ place, name }, at) => found.findIndex((one) => one.place === place && one.name === name) === at,
  )
}

const notIds = new Set(['revision', 'calendarKey'])

function slot(place: Slot['place'], name: string): Slot[] {
  const kind = kindOf(name)
  return kind ? [{ place, name, kind }] : []
}

function collect(part: Schema, name: string, tell: (name: string) => void) {
  if (name !== '' && (isText(part) || part.items !== undefined) && kindOf(name)) tell(name)
  for (const [key, value] of Object.entries(part.properties ?? {})) collect(schema.parse(value), key, tell)
  if (part.items !== undefined) collect(schema.parse(part.items), name, tell)
  for (const option of [...(part.anyOf ?? []), ...(part.oneOf ?? []), ...(part.allOf ?? [])])
    collect(schema.parse(option), name, tell)
}

const isText = ({ type }: Schema) => type === 'string'

export type Probe = { method: Method; path: string; query: Record<string, string>; body: unknown }

/**
 * A request that the route accepts as well formed, with these ids, and where it asks for a user's address with that one;
 * `text` stands for all other texts.
 */
export function probeOf(
  { method, path, operation: { parameters, requestBody } }: Route,
  idOf: IdOf,
  email: string,
  text = 'text',
): Probe {
  const texts = { text, ...samples, email }
  const slotIn = (place: Slot['place'], name: string) => slot(place, name)[0]
  const filled = path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => {
    const found = slotIn('path', name)
    return found ? idOf(found) : name === 'revision' ? '1' : randomUUID()
  })
  const query = Object.fromEntries(
    parameters
      .filter((parameter) => parameter.in === 'query')
      .flatMap(({ name, required = false, schema: part }) => {
        const found = slotIn('query', name)
        if (found) return [[name, idOf(found)] as const]
        return required ? [[name, String(sample(schema.parse(part), name, { idOf, texts }))] as const] : []
      }),
  )
  const body = requestBody?.content['application/json']?.schema
  return {
    method,
    path: filled,
    query,
    body: body === undefined ? undefined : sample(schema.parse(body), '', { idOf, texts }),
  }
}

const samples: Record<string, unknown> = {
  privileges: 'execute',
  timeZone: 'Europe/Berlin',
  date: '2027-01-15',
  releaseOn: '2027-01-15',
  url: 'https://example.test/',
}

type Values = { idOf: IdOf; texts: Record<string, unknown> }

/** A value of that kind: what is required, and every id. */
function sample(part: Schema, name: string, values: Values): unknown {
  const option = part.anyOf?.[0] ?? part.oneOf?.[0]
  if (option !== undefined) return sample(schema.parse(option), name, values)
  if (part.const !== undefined) return part.const
  if (part.enum) return part.enum[0]
  if (part.properties || part.type === 'object') {
    return Object.fromEntries(
      Object.entries(part.properties ?? {}).flatMap(([key, value]) => {
        const inner = schema.parse(value)
        const isNeeded = part.required?.includes(key) === true && inner.default === undefined
        let hasId = false
        collect(inner, key, () => {
          hasId = true
        })
        // A change that changes nothing would prove nothing.
        return isNeeded || hasId || key === 'name' ? [[key, sample(inner, key, values)]] : []
      }),
    )
  }
  if (part.items !== undefined) return [sample(schema.parse(part.items), name, values)]
  if (part.type === 'boolean') return false
  if (part.type === 'integer' || part.type === 'number') return 1
  const found = slot('body', name)[0]
  if (found) return values.idOf(found)
  return values.texts[name] ?? (part.format === 'date-time' ? '2027-01-15T10:00:00Z' : values.texts['text'])
}

/** Ids of the world's own, or of nobody at all. */
export const ofWorld =
  ({ ids }: World): IdOf =>
  ({ kind }) =>
    ids[kind]

/** What the route is asked for by the world itself: its own ids in the path, and of the query what is required only. */
export function readingOf(route: Route, world: World): Pick<Probe, 'path' | 'query'> {
  const { path, query } = probeOf(route, ofWorld(world), world.email)
  const required = new Set(route.operation.parameters.flatMap(({ name, required: is }) => (is ? [name] : [])))
  return { path, query: Object.fromEntries(Object.entries(query).filter(([name]) => required.has(name))) }
}
