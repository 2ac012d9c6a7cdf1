import type { Field, Shape, Value } from './shape.ts'

type Json = { '@type': string } & Record<string, unknown>

/** The value as JSON, with `@type` at every object. What is absent is left out. */
export function toJson(of: Shape, value: Value): Json {
  const json: Json = { '@type': of.name }
  for (const [name, field] of Object.entries(of.fields)) {
    const found = value[name]
    if (found !== undefined && found !== null) json[name] = fieldToJson(field, found)
  }
  return json
}

function fieldToJson(field: Field, found: unknown): unknown {
  if (field.as === 'object') return toJson(field.shape, asValue(found))
  if (field.as === 'list') return asList(found).map((one) => toJson(field.shape, asValue(one)))
  if (field.as === 'content') return Object.values(asValue(found))[0]
  return found
}

/** The value as an XML element: scalars that are attributes, then child elements in the order of the shape. */
export function toXml(of: Shape, value: Value, { tag = of.name, type = '' } = {}): string {
  let attributes = type === '' ? '' : ` xsi:type="bns:${type}"`
  let children = ''
  for (const [name, field] of Object.entries(of.fields)) {
    const found = value[name]
    if (found === undefined || found === null) continue
    if (field.as === 'attribute') attributes += ` ${name}="${escapeXml(found)}"`
    else children += fieldToXml(field, name, found)
  }
  return xmlElement(tag, children, attributes)
}

function fieldToXml(field: Field, name: string, found: unknown): string {
  if (field.as === 'object') return toXml(field.shape, asValue(found), { tag: name })
  if (field.as === 'list') {
    return asList(found)
      .map((one) => toXml(field.shape, asValue(one), { tag: name }))
      .join('')
  }
  if (field.as === 'content') {
    const { xml, text } = asValue(found)
    return xmlElement(name, typeof xml === 'string' ? withoutDeclaration(xml) : escapeXml(text))
  }
  if (field.as === 'texts') {
    return asList(found)
      .map((one) => xmlElement(name, escapeXml(one)))
      .join('')
  }
  return xmlElement(name, escapeXml(found))
}

const withoutDeclaration = (xml: string) => xml.replace(/^\ufeff?\s*<\?xml[^>]*\?>\s*/, '')

export const xmlElement = (tag: string, content: string, attributes = '') =>
  content === '' ? `<bns:${tag}${attributes}/>` : `<bns:${tag}${attributes}>${content}</bns:${tag}>`

/** A whole document around an element written with the prefix. */
export const xmlDocument = (element: string) =>
  `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${element.replace(
    /^<bns:\w+/,
    (start) =>
      `${start} xmlns:bns="http://api.platform.boomi.com/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"`,
  )}`

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
}

/** Text for an attribute or an element. What XML cannot hold at all becomes the replacement character. */
export const escapeXml = (text: unknown): string =>
  String(text)
    .toWellFormed()
    // oxlint-disable-next-line no-control-regex -- these are the characters that XML 1.0 forbids
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replaceAll(/[&<>"\n\r\t]/g, (sign) => entities[sign] ?? sign)

// Values were made by this front's own views, field by field as the shape says.
const asValue = (found: unknown) => found as Value
const asList = (found: unknown) => found as readonly unknown[]
