import { Ajv, type ValidateFunction } from 'ajv'
import { XMLParser } from 'fast-xml-parser'
import { publicDescription, resolve, type Schema, schemaNamed } from './public-description.ts'

const ajv = new Ajv({ strict: false, allErrors: true })
ajv.addFormat('int32', true)
ajv.addFormat('int64', true)
ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
ajv.addSchema(publicDescription, 'public')

/** Allowed beside the description, because clients use it. */
const extras = new Set(['@type', 'releaseProgress'])

const validators = new Map<string, ValidateFunction>()
function validatorOf(name: string): ValidateFunction {
  const known = validators.get(name) ?? ajv.compile({ $ref: `public#/components/schemas/${name}` })
  validators.set(name, known)
  return known
}

/** What is wrong with an answer, read against the public schema of that name; nothing when it keeps to it. */
export function problemsOf(name: string, value: unknown): string[] {
  const validate = validatorOf(name)
  const isValid = validate(value)
  const broken = isValid
    ? []
    : (validate.errors ?? []).map((one) => `${one.instancePath} ${one.message ?? ''}`)
  return [...broken, ...strangers(schemaNamed(name), value, name)]
}

/** Fields that the description does not have. */
function strangers(schema: Schema, value: unknown, path: string): string[] {
  if (Array.isArray(value)) {
    const items = schema.items ? resolve(schema.items).schema : {}
    return value.flatMap((one, index) => strangers(items, one, `${path}[${index}]`))
  }
  if (typeof value !== 'object' || value === null || !schema.properties) return []
  const { properties } = schema
  return Object.entries(value).flatMap(([name, found]) => {
    const property = properties[name]
    if (property) return strangers(resolve(property).schema, found, `${path}.${name}`)
    return extras.has(name) ? [] : [`${path}.${name} is not described`]
  })
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  isArray: (_name, _path, _isLeaf, isAttribute) => !isAttribute,
})

type Node = Record<string, unknown>

/**
 * Reads an XML answer by nothing but the public schema: which field is an attribute and which an element is what the
 * schema says. Whatever it does not say is a problem.
 */
export function decodeXml(name: string, text: string): { value: unknown; problems: string[] } {
  const document = parser.parse(text) as Node
  const schema = schemaNamed(name)
  const root = `bns:${schema.xml?.name ?? name}`
  const problems: string[] = []
  const [element] = (document[root] ?? []) as Node[]
  if (!element)
    return { value: undefined, problems: [`the root is not ${root} but ${Object.keys(document).join()}`] }
  if (element['@xmlns:bns'] !== 'http://api.platform.boomi.com/') problems.push('the namespace is missing')
  return { value: decode(schema, element, root, problems), problems }
}

function decode(schema: Schema, element: unknown, path: string, problems: string[]): unknown {
  if (!schema.properties) return scalar(schema, element)
  const node: Node = typeof element === 'object' && element !== null ? (element as Node) : {}
  const value: Node = {}
  const known = new Set(['@xmlns:bns', '@xmlns:xsi', '@xsi:type', '#text'])
  for (const [field, reference] of Object.entries(schema.properties)) {
    const own = 'xml' in reference ? reference.xml : undefined
    const { schema: of } = resolve(reference)
    const key = own?.attribute ? `@${field}` : `bns:${field}`
    known.add(key)
    const found = node[key]
    if (found === undefined) continue
    if (own?.attribute) value[field] = scalar(of, found)
    else if (of.type === 'array' && of.items) {
      const items = resolve(of.items).schema
      value[field] = (found as unknown[]).map((one) => decode(items, one, `${path}/${field}`, problems))
    } else value[field] = decode(of, (found as unknown[])[0], `${path}/${field}`, problems)
  }
  for (const key of Object.keys(node)) {
    if (!known.has(key) && key !== '@releaseProgress')
      problems.push(`${path} has ${key}, which is not described there`)
  }
  return value
}

function scalar({ type }: Schema, found: unknown): unknown {
  const text = typeof found === 'object' && found !== null ? ((found as Node)['#text'] ?? '') : found
  if (type === 'integer') return Number(text)
  if (type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text
  return typeof text === 'string' ? text : ''
}

/** An example in JSON as XML, as the public schema says. */
export function encodeXml(name: string, value: unknown): string {
  const namespace = 'xmlns:bns="http://api.platform.boomi.com/"'
  return writeElement(schemaNamed(name), name, value).replace(/^<bns:\w+/, (start) => `${start} ${namespace}`)
}

function writeElement({ properties = {} }: Schema, tag: string, value: unknown): string {
  if (typeof value !== 'object' || value === null) return `<bns:${tag}>${String(value)}</bns:${tag}>`
  let attributes = ''
  let children = ''
  for (const [field, found] of Object.entries(value)) {
    const reference = properties[field]
    if (!reference) continue
    const { schema } = resolve(reference)
    if ('xml' in reference && reference.xml?.attribute) attributes += ` ${field}="${String(found)}"`
    else if (Array.isArray(found) && schema.items) {
      const items = resolve(schema.items).schema
      children += found.map((one) => writeElement(items, field, one)).join('')
    } else children += writeElement(schema, field, found)
  }
  return `<bns:${tag}${attributes}>${children}</bns:${tag}>`
}
