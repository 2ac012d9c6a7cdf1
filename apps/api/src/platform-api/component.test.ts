import { expect, test } from 'vitest'
import { createAccount } from '../test/people.ts'
import { createTestApp } from '../test/test-app.ts'
import { createScript } from '../test/platform-api/platform-caller.ts'

const app = await createTestApp()
const accountId = await createAccount(app)
const { send } = await createScript(app, { accountId })

const content = '<process xmlns="urn:flow" name="a &amp; b"><shape/><!-- kept --></process>'
const asXml = (object: string, more = 'name="Orders" type="process"') =>
  `<bns:Component xmlns:bns="http://api.platform.boomi.com/" ${more}><bns:object>${object}</bns:object></bns:Component>`

test('content goes in and out as XML, as it was written, and a change makes a new revision', async () => {
  const created = await send('POST', '/Component', { body: asXml(content) })
  expect(created.statusCode, created.body).toBe(200)
  expect(created.body).toContain(`<bns:object>${content}</bns:object>`)
  const id = /componentId="([^"]+)"/.exec(created.body)?.[1] ?? ''

  const changed = content.replace('<shape/>', '<shape/><shape/>')
  const updated = await send('POST', `/Component/${id}`, { body: asXml(changed, 'name="Orders 2"') })
  expect(updated.body).toContain('version="2"')
  const again = await send('POST', `/Component/${id}`, { body: { object: changed } })
  expect(again.json()).toMatchObject({ name: 'Orders 2', version: 2, object: changed })
  const former = await send('GET', `/Component/${id}~1`, { accept: 'json' })
  expect(former.json()).toMatchObject({ version: 1, currentVersion: false, object: content })

  const packaged = await send('POST', '/PackagedComponent', { body: { componentId: id, shareable: 'true' } })
  expect(packaged.json()).toMatchObject({ componentId: id, componentVersion: 2, packageVersion: '1.0' })
})

test('what is no XML stays text', async () => {
  const text = '{"openapi": "3.1.0", "a": "<b>"}'
  const created = await send('POST', '/Component', {
    body: { name: 'API', type: 'webservice', object: text },
  })
  const { componentId } = created.json<{ componentId: string }>()
  expect(created.json()).toMatchObject({ object: text })
  const read = await send('GET', `/Component/${componentId}`, { accept: 'xml' })
  expect(read.body).toContain(
    '{&quot;openapi&quot;: &quot;3.1.0&quot;, &quot;a&quot;: &quot;&lt;b&gt;&quot;}',
  )
})

test('a bulk reads contents together, up to the limit of one', async () => {
  const made: string[] = []
  for (const object of ['one', 'two', '']) {
    const body = asXml(`<process>${object}</process>`)
    made.push(/componentId="([^"]+)"/.exec((await send('POST', '/Component', { body })).body)?.[1] ?? '')
  }
  const bulk = () =>
    send('POST', '/Component/bulk', {
      accept: 'json',
      body: { type: 'GET', request: [...made].reverse().map((id) => ({ id })) },
    })
  const entries = (await bulk()).json<{ response: { Result: { object: string } }[] }>().response
  expect(entries.map(({ Result }) => Result.object)).toEqual([
    '<process></process>',
    '<process>two</process>',
    '<process>one</process>',
  ])

  // Each for itself is small enough.
  const revisions = await app.db.componentRevision.findMany({ where: { componentId: { in: made } } })
  const ids = revisions.map(({ contentId }) => contentId)
  await app.db.content.updateMany({ where: { id: { in: ids } }, data: { size: 4 * 1024 * 1024 } })
  expect((await send('GET', `/Component/${made[0]}`)).statusCode).toBe(200)
  const refused = await bulk()
  expect([refused.statusCode, refused.body]).toEqual([
    400,
    expect.stringContaining('Ask for fewer of them at once'),
  ])
})

test.each([
  [
    'no content',
    '<bns:Component xmlns:bns="http://api.platform.boomi.com/" name="a" type="process"/>',
    'object is missing',
  ],
  ['two roots', asXml('<a/><b/>'), 'one well-formed XML element'],
  ['an undeclared prefix', asXml('<x:a/>'), 'not well-formed'],
  ['a document type', `<!DOCTYPE a [<!ENTITY b "c">]>${asXml('<a>&b;</a>')}`, 'document type'],
  ['an unknown type', asXml('<a/>', 'name="a" type="profile"'), 'type is one of'],
])('refuses %s and makes nothing', async (_name, body, sentence) => {
  const before = await app.db.component.count()
  const answer = await send('POST', '/Component', { body })
  expect(answer.statusCode).toBe(400)
  expect(answer.body).toContain(sentence)
  expect(await app.db.component.count()).toBe(before)
})
