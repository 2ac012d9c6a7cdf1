import { beforeAll, describe, expect, test } from 'vitest'
import { createAccount, signInAs } from '../../test/people.ts'
import { createTestApp } from '../../test/test-app.ts'

const app = await createTestApp()
let accountId: string
let person: Awaited<ReturnType<typeof signInAs>>

beforeAll(async () => {
  accountId = await createAccount(app)
  person = await signInAs(app, { accountId })
})

/** A component with one package for each content; every second one may be shared. */
async function packagesOf(...contents: (string | Buffer)[]) {
  const { id: componentId } = await app.db.component.create({
    data: { accountId, name: 'Orders to ERP', type: 'process' },
  })
  const ids: string[] = []
  for (const [index, body] of contents.entries()) {
    await person.call('PUT', `/components/${componentId}/content`, {
      body,
      headers: { 'content-type': 'a/b' },
    })
    const items = [{ componentId, shareable: index % 2 === 1, notes: `Notes ${index}` }]
    const response = await person.call('POST', '/packaged-components', { body: { items } })
    ids.push(response.json().packages[0].id)
  }
  return ids
}

const compare = ([one = '', other = '']: string[]) =>
  person.call('GET', `/packaged-components/${one}/comparison/${other}`)

describe('two versions', () => {
  test('differ in facts and lines, the older one first whatever the order asked for', async () => {
    const [older = '', newer = ''] = await packagesOf('<a>\n1\n</a>\n', '<a>\n2 ü\n</a>\n')
    const response = await compare([newer, older])
    expect(response.statusCode).toBe(200)
    const comparison = response.json()
    expect(comparison).toMatchObject({
      older: { id: older, version: '1.0' },
      newer: { id: newer, version: '2.0' },
      whyNoLines: null,
      lines: [
        { kind: 'same', older: 1, newer: 1, text: '<a>' },
        { kind: 'removed', older: 2, newer: null, text: '1' },
        { kind: 'added', older: null, newer: 2, text: '2 ü' },
        { kind: 'same', older: 3, newer: 3, text: '</a>' },
      ],
    })
    const facts = comparison.facts.map(
      ({ label, older: before, newer: after, differs }: Record<string, unknown>) => [
        label,
        before,
        after,
        differs,
      ],
    )
    expect(facts.filter(([label]: unknown[]) => !/Created|SHA/.test(String(label)))).toEqual([
      ['Version', '1.0', '2.0', true],
      ['Revision', '1', '2', true],
      ['Notes', 'Notes 0', 'Notes 1', true],
      ['Sharing', 'Not Allowed', 'Allowed', true],
      ['Size', '11 bytes', '14 bytes', true],
    ])
    expect(facts).toContainEqual(['Created by', 'Test Person', 'Test Person', false])
    expect(facts).toContainEqual([
      'SHA-256',
      expect.stringMatching(/^[0-9a-f]{64}$/),
      expect.any(String),
      true,
    ])
  })

  test.each([
    ['not-text', Buffer.from([0xff, 0xfe, 0x41])],
    ['not-text', Buffer.from('a\0b')],
    ['too-large', 'x\n'.repeat(512 * 1024 + 1)],
    ['too-large', 'x\n'.repeat(20_001)],
    ['identical', 'text'],
  ])('have no lines when the content is %s', async (why, content) => {
    const response = await compare(await packagesOf('text', content))
    expect(response.json()).toMatchObject({ lines: null, whyNoLines: why })
  })

  test('of one megabyte each are compared', async () => {
    const text = Array.from({ length: 1024 }, (_, n) => `x${String(n).padStart(1022, '0')}\n`).join('')
    const response = await compare(await packagesOf(text, `y${text.slice(1)}`))
    expect(response.json().lines.map(({ kind }: { kind: string }) => kind)).toEqual([
      'removed',
      'added',
      'same',
      'same',
      'same',
      'gap',
    ])
  })

  test('of two components are refused', async () => {
    const [one = ''] = await packagesOf('a')
    const [other = ''] = await packagesOf('b')
    const response = await compare([one, other])
    expect(response.statusCode).toBe(422)
    expect(response.json()).toMatchObject({
      code: 'other-component',
      message: 'Only versions of the same component can be compared. Choose another version of it.',
    })
  })

  test('a version compared with itself is identical', async () => {
    const [one = ''] = await packagesOf('a')
    expect((await compare([one, one.toUpperCase()])).json()).toMatchObject({ whyNoLines: 'identical' })
  })
})

test('a download is named after component and version', async () => {
  const [one = ''] = await packagesOf('<a/>')
  const response = await person.call('GET', `/packaged-components/${one}/content`)
  expect(response.body).toBe('<a/>')
  expect(response.headers['content-disposition']).toContain('filename="Orders to ERP 1.0.bin"')
})
