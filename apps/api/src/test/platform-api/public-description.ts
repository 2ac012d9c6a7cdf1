import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

type SchemaReference = { $ref: string }
export type Schema = {
  type?: string
  properties?: Record<string, Schema | SchemaReference>
  items?: Schema | SchemaReference
  required?: string[]
  xml?: { attribute?: boolean; name?: string }
}

const media = z.object({
  schema: z.object({ $ref: z.string().optional() }).loose().optional(),
  example: z.unknown().optional(),
  examples: z.record(z.string(), z.object({ value: z.unknown() })).optional(),
})
// One example stands beside the media types instead of within one.
const contents = z.record(z.string(), media.catch({}))
const operation = z.object({
  operationId: z.string(),
  requestBody: z.object({ content: contents }).optional(),
  responses: z.record(z.string(), z.object({ content: contents.optional() }).loose()),
})
const description = z.object({
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.object({ schemas: z.record(z.string(), z.custom<Schema>()) }),
})

const readDescription = (name: string) =>
  description.parse(JSON.parse(readFileSync(join(import.meta.dirname, 'test-data', name), 'utf8')))
const asPublished = readDescription('platform-openapi.json')
// The one object of this API that the published file leaves out, in the same form.
const ofComponents = readDescription('component-openapi.json')

/** The public description of the Platform API, as its clients were built from it. */
export const publicDescription = {
  paths: { ...asPublished.paths, ...ofComponents.paths },
  components: { schemas: { ...asPublished.components.schemas, ...ofComponents.components.schemas } },
}

export type PublicOperation = {
  object: string
  operation: string
  method: 'GET' | 'POST' | 'DELETE'
  path: string
  /** Name of the schema of its answer; undefined where the answer is true. */
  answer: string | undefined
  request: Partial<Record<'json' | 'xml', readonly unknown[]>>
}

/** Every operation described, with the examples of its body. */
export const publicOperations: readonly PublicOperation[] = Object.entries(publicDescription.paths).flatMap(
  ([path, methods]) =>
    Object.entries(methods).map(([method, { requestBody, responses }]) => {
      const ref = responses['200']?.content?.['application/json']?.schema?.$ref
      return {
        object: path.split('/')[1] ?? '',
        operation: operationOf(method, path),
        method: method.toUpperCase() as PublicOperation['method'],
        path,
        answer: ref?.split('/').at(-1),
        request: {
          json: examplesOf(requestBody?.content['application/json']),
          xml: examplesOf(requestBody?.content['application/xml']),
        },
      }
    }),
)

function examplesOf(content: z.infer<typeof media> | undefined): readonly unknown[] {
  if (content?.example !== undefined) return [content.example]
  return Object.values(content?.examples ?? {}).map(({ value }) => value)
}

function operationOf(method: string, path: string): string {
  if (path.endsWith('/bulk')) return 'BULK'
  if (path.endsWith('/query')) return 'QUERY'
  if (path.endsWith('/queryMore')) return 'QUERY MORE'
  if (method === 'get') return 'GET'
  if (method === 'delete') return 'DELETE'
  return path.includes('{') ? 'UPDATE' : 'CREATE'
}

export function schemaNamed(name: string): Schema {
  const schema = publicDescription.components.schemas[name]
  if (!schema) throw new Error(`There is no schema ${name}`)
  return schema
}

export function resolve(schema: Schema | SchemaReference): { name: string | undefined; schema: Schema } {
  if (!('$ref' in schema)) return { name: undefined, schema }
  const name = schema.$ref.split('/').at(-1) ?? ''
  return { name, schema: schemaNamed(name) }
}
