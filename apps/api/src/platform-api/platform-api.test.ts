import { expect, test } from 'vitest'
import { createAccount } from '../test/people.ts'
import { createTestApp } from '../test/test-app.ts'
import { createScript } from '../test/platform-api/platform-caller.ts'

const app = await createTestApp()
const accountId = await createAccount(app)
const script = await createScript(app, { accountId })

test('an environment goes in and out as JSON and as XML', async () => {
  const created = await script.send('POST', '/Environment', {
    body: { '@type': 'Environment', name: 'Staging', classification: 'TEST', more: { unknown: 1 } },
  })
  expect(created.json()).toEqual({
    '@type': 'Environment',
    id: expect.any(String),
    name: 'Staging',
    classification: 'TEST',
  })
  const { id } = created.json<{ id: string }>()
  const asXml = await script.send('GET', `/Environment/${id}/`, { accept: 'xml' })
  expect(asXml.headers['content-type']).toBe('application/xml; charset=utf-8')
  expect(asXml.body).toBe(
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
      '<bns:Environment xmlns:bns="http://api.platform.boomi.com/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"' +
      ` id="${id}" name="Staging" classification="TEST"/>`,
  )
  const renamed = await script.send('POST', `/Environment/${id}`, {
    body: '<bns:Environment xmlns:bns="http://api.platform.boomi.com/" name="Old &amp; new"/>',
  })
  expect(renamed.body).toContain('name="Old &amp; new"')
  const found = await script.send('POST', '/Environment/query', {
    body: { QueryFilter: { expression: { operator: 'LIKE', property: 'NAME', argument: ['old%'] } } },
  })
  expect(found.json()).toMatchObject({ '@type': 'QueryResult', numberOfResults: 1, result: [{ id }] })
  const deleted = await script.send('DELETE', `/Environment/${id}`, { accept: 'xml', body: {} })
  expect(deleted.body).toContain('<true/>')
  const gone = await script.send('GET', `/Environment/${id}`)
  expect(gone.statusCode).toBe(400)
  expect(gone.json()).toEqual({ '@type': 'Error', message: expect.stringContaining(id) })
})
