import { badData } from './bad-data.ts'
import { RawXml, readXml } from './read-xml.ts'
import type { Content, Field, ScalarType, Shape, Value, ValueOf } from './shape.ts'

/** The longest list in a body: the largest any rule allows is a hundred. */
const listLimit = 1_000

/**
 * Reads what came as JSON or, made to look alike, as XML. Liberal where clients are: unknown keys and `@type` are
 * passed over, numbers and booleans may be text, and one object may stand for a list of one.
 */
export function readValue<S extends Shape>(of: S, incoming: unknown): ValueOf<S> {
  // Every field below was read as its shape says, which is what the type says of it.
  return readFields(of, incoming ?? {}, of.name) as ValueOf<S>
}

function readFields({ fields }: Shape, incoming: unknown, path: string): Value {
  const found = soleOf(incoming, path)
  // An empty XML element is an empty text.
  if (typeof found === 'string' && found.trim() === '') return {}
  if (!isRecord(found)) throw badData(`${path} must be an object. Send its fields by name.`)
  const value: Record<string, unknown> = {}
  for (const [name, field] of Object.entries(fields)) {
    const given = Object.hasOwn(found, name) ? found[name] : undefined
    if (given === undefined || given === null) continue
    value[name] = readField(field, given, `${path}.${name}`)
  }
  return value
}

function readField(field: Field, given: unknown, path: string): unknown {
  if (field.as === 'object') return readFields(field.shape, given, path)
  if (field.as === 'list') return listOf(given, path).map((one) => readFields(field.shape, one, path))
  if (field.as === 'content') return readContent(given, path)
  if (field.as === 'texts') return listOf(given, path).map((one) => readText(one, path))
  return scalarReaders[field.type](soleOf(given, path), path)
}

function listOf(given: unknown, path: string): readonly unknown[] {
  const list: readonly unknown[] = Array.isArray(given) ? given : [given]
  if (list.length > listLimit) throw badData(`${path} has more than ${listLimit} entries. Send fewer.`)
  return list
}

/** One-element lists stand for their element as well as the other way round. */
function soleOf(given: unknown, path: string): unknown {
  if (!Array.isArray(given)) return given
  if (given.length !== 1) throw badData(`${path} must be given once.`)
  return given[0]
}

const scalarReaders: Record<ScalarType, (given: unknown, path: string) => unknown> = {
  text: readText,
  'date-time': readText,
  integer: (given, path) => {
    const text = readText(given, path).trim()
    if (text === '') return undefined
    if (!/^[+-]?\d{1,15}(\.0+)?$/.test(text)) throw badData(`${path} must be a whole number.`)
    return Number(text)
  },
  boolean: (given, path) => {
    const text = readText(given, path).trim().toLowerCase()
    if (text === '') return undefined
    if (text !== 'true' && text !== 'false') throw badData(`${path} must be true or false.`)
    return text === 'true'
  },
}

/** From XML as it stood there; from JSON a text, which may be XML as well. */
function readContent(given: unknown, path: string): Content {
  if (given instanceof RawXml) return { xml: standingAlone(given.text, path) }
  const text = readText(soleOf(given, path), path)
  return looksLikeXml(text) ? { xml: standingAlone(text, path) } : { text }
}

const looksLikeXml = (text: string) => text.trimStart().startsWith('<')

function standingAlone(text: string, path: string): string {
  try {
    readXml(text.replace(/^\s*<\?xml[^>]*\?>/, ''))
    return text.trim()
  } catch {
    throw badData(`${path} must be one well-formed XML element that declares its own namespaces.`)
  }
}

/** Text that the database can keep: without a NUL and with whole characters only. */
export function readText(given: unknown, path: string): string {
  if (typeof given === 'number' || typeof given === 'boolean') return String(given)
  if (typeof given !== 'string') throw badData(`${path} must be text.`)
  if (given.includes('\0')) throw badData(`${path} has a NUL character. Leave it out.`)
  return given.toWellFormed()
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
