import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allObjects } from '../objects/all-objects.ts'
import { readValue } from './read-value.ts'
import { readXml } from './read-xml.ts'
import type { Field, Shape, Value } from './shape.ts'
import { toJson, toXml, xmlDocument } from './write-value.ts'

/** Text that XML can hold. */
const text = fc
  .string({ unit: 'grapheme', maxLength: 20 })
  // oxlint-disable-next-line no-control-regex -- these are the characters that XML 1.0 forbids
  .filter((one) => !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(one) && one.isWellFormed())

function valueOf(field: Field): fc.Arbitrary<unknown> {
  if (field.as === 'object') return ofShape(field.shape)
  if (field.as === 'list') return fc.array(ofShape(field.shape), { minLength: 1, maxLength: 3 })
  if (field.as === 'texts') return fc.array(text, { minLength: 1, maxLength: 3 })
  if (field.as === 'content') return fc.constantFrom({ text: 'plain & <b>' }, { xml: '<a b="c"><d/>e</a>' })
  if (field.type === 'integer') return fc.integer()
  return field.type === 'boolean' ? fc.boolean() : text
}

const ofShape = (of: Shape): fc.Arbitrary<Value> =>
  fc.record(Object.fromEntries(Object.entries(of.fields).map(([name, field]) => [name, valueOf(field)])), {
    requiredKeys: [],
  })

describe.each(allObjects.map(({ shape }) => [shape.name, shape] as const))('%s', (_name, shape) => {
  const contents = new Set(Object.keys(shape.fields).filter((name) => shape.fields[name]?.as === 'content'))

  test('what is written as JSON or XML is read as the same value', () => {
    fc.assert(
      fc.property(ofShape(shape), (value) => {
        expect(readValue(shape, JSON.parse(JSON.stringify(toJson(shape, value))))).toEqual(value)
        const document = xmlDocument(toXml(shape, value)).replace(/^<\?xml[^>]*\?>/, '')
        expect(readValue(shape, readXml(document, contents).value)).toEqual(value)
      }),
      { numRuns: 50, seed: 5 },
    )
  })
})

describe('what XML is refused', () => {
  const nested = (depth: number) => `${'<a>'.repeat(depth)}${'</a>'.repeat(depth)}`
  test.each([
    ['a document type', '<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>', 'document type'],
    ['an entity that nobody declared', '<a>&nbsp;</a>', 'not well-formed'],
    ['too many levels', nested(200), 'too many'],
    ['too many elements', `<a>${'<b/>'.repeat(100_001)}</a>`, 'too many'],
    ['an open element', '<a><b></a>', 'not well-formed'],
    ['two roots', '<a/><b/>', 'not well-formed'],
    ['nothing', '   ', 'not well-formed'],
  ])('%s', (_name, xml, sentence) => {
    expect(() => readXml(xml)).toThrow(sentence)
  })

  test('names that mean something to JavaScript are names', () => {
    const { value } = readXml('<a __proto__="1"><constructor>2</constructor><toString/></a>')
    expect(Object.entries(value as object)).toEqual([
      ['__proto__', '1'],
      ['constructor', '2'],
      ['toString', ''],
    ])
  })
})
