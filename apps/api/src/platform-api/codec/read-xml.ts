import { SaxesParser, type SaxesTagNS } from 'saxes'
import { badData } from './bad-data.ts'

const depthLimit = 100
const elementLimit = 100_000
const xsi = 'http://www.w3.org/2001/XMLSchema-instance'
/** Prefixes that clients use without saying what they stand for. */
const knownPrefixes = { bns: 'http://api.platform.boomi.com/', xsi }

/** What stood in an element, as it was written. */
export class RawXml {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

type Open = {
  name: string
  fields: Record<string, unknown>
  text: string
  isNil: boolean
  contentFrom: number
}

/**
 * Reads XML into the form JSON has: attributes and child elements by their names without prefix, repeated ones as a
 * list, an element of text alone as that text. Strictly: not well-formed is refused, and so is a document type, with
 * which entities would come. What elements of the names in `kept` hold is taken over as it is written.
 */
export function readXml(text: string, kept: ReadonlySet<string> = none): { name: string; value: unknown } {
  if (/<!DOCTYPE/i.test(text)) {
    throw badData('The XML has a document type declaration. Send it without one.')
  }
  const open: Open[] = []
  let root: { name: string; value: unknown } | undefined
  let elements = 0
  const parser = new SaxesParser({ xmlns: true, position: true, additionalNamespaces: knownPrefixes })
  parser.on('error', ({ message }) => {
    throw badData(`The body is not well-formed XML: ${message.replace(/\s+/g, ' ').slice(0, 200)}`)
  })
  parser.on('opentag', (tag) => {
    elements += 1
    if (elements > elementLimit || open.length >= depthLimit) {
      throw badData('The XML has too many elements, or too many inside each other. Send less at once.')
    }
    open.push({ ...begin(tag), contentFrom: parser.position })
  })
  parser.on('text', (more) => append(open, more))
  parser.on('cdata', (more) => append(open, more))
  parser.on('closetag', () => {
    const closed = open.pop()
    if (!closed) return
    const hasElements = kept.has(closed.name) && Object.keys(closed.fields).length > 0
    const value = hasElements
      ? new RawXml(text.slice(closed.contentFrom, text.lastIndexOf('<', parser.position - 1)))
      : valueOf(closed)
    const parent = open.at(-1)
    if (parent) add(parent.fields, closed.name, value)
    else root = { name: closed.name, value }
  })
  parser.write(text).close()
  if (!root) throw badData('The body has no XML element.')
  return root
}

const none: ReadonlySet<string> = new Set()

function begin(tag: SaxesTagNS): Omit<Open, 'contentFrom'> {
  // Names come from outside: without a prototype none of them means anything to JavaScript.
  const fields = emptyRecord()
  let isNil = false
  for (const { uri, local, value, prefix } of Object.values(tag.attributes)) {
    if (prefix === 'xmlns' || local === 'xmlns') continue
    if (uri === xsi) isNil ||= local === 'nil' && value === 'true'
    else add(fields, local, value)
  }
  return { name: tag.local, fields, text: '', isNil }
}

function append(open: readonly Open[], more: string) {
  const innermost = open.at(-1)
  if (innermost) innermost.text += more
}

function valueOf({ fields, text, isNil }: Open): unknown {
  if (isNil) return null
  return Object.keys(fields).length > 0 ? fields : text
}

function add(fields: Record<string, unknown>, name: string, value: unknown) {
  const known = fields[name]
  // Same name again: from then on a list. Lists are made here only, so none comes in as a value.
  if (!(name in fields)) fields[name] = value
  else if (Array.isArray(known)) known.push(value)
  else fields[name] = [known, value]
}

// The type says more than null-prototype objects are: they are used as plain records only.
const emptyRecord = () => Object.create(null) as Record<string, unknown>
