import { describe, expect, test } from 'vitest'
import { createAccount } from '../test/people.ts'
import { createScript } from '../test/platform-api/platform-caller.ts'
import { createTestApp } from '../test/test-app.ts'

const app = await createTestApp()
const accountId = await createAccount(app)
const { send } = await createScript(app, { accountId })

await app.db.environment.createMany({
  data: Array.from({ length: 250 }, (_, index) => ({
    accountId,
    name: `Shop ${String(index).padStart(3, '0')}${index === 7 ? ' 100%_\\' : ''}`,
    classification: index % 5 === 0 ? ('TEST' as const) : ('PRODUCTION' as const),
  })),
})

type Page = { numberOfResults: number; queryToken?: string; result: { id: string; name: string }[] }
const queryWith = async (expression: unknown) => {
  const answer = await send('POST', '/Environment/query', { body: { QueryFilter: { expression } } })
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json<Page>()
}

describe('R-78 pages of a hundred', () => {
  test('each token is good once and brings the next page, until there is no more', async () => {
    const first = await queryWith({})
    expect(first).toMatchObject({ '@type': 'QueryResult', numberOfResults: 100 })
    const more = (token: string) => send('POST', '/Environment/queryMore', { body: token })
    const second = (await more(first.queryToken ?? '')).json<Page>()
    // Some clients send the token as JSON.
    const third = (await more(JSON.stringify(second.queryToken))).json<Page>()
    expect(third.result).toHaveLength(50)
    expect(third).not.toHaveProperty('queryToken')
    const ids = [first, second, third].flatMap(({ result }) => result.map(({ id }) => id))
    expect(new Set(ids).size).toBe(250)

    const again = await more(first.queryToken ?? '')
    expect(again.statusCode).toBe(400)
    expect(again.body).toContain('Send the query again')
  })

  test('the audit log comes in the order of time, also where many acts share an instant', async () => {
    const at = (index: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, Math.floor(index / 70)))
    await app.db.auditEntry.createMany({
      data: Array.from({ length: 250 }, (_, index) => ({
        accountId,
        at: at(index),
        actorKind: 'SCHEDULER' as const,
        actorName: 'Release schedule',
        source: 'INTERNAL' as const,
        action: 'as.ipack.release RELEASE',
        objectType: 'release',
        objectId: `${index}`,
      })),
    })
    const filter = { operator: 'EQUALS', property: 'type', argument: ['as.ipack.release'] }
    const body = { QueryFilter: { expression: filter } }
    let answer = await send('POST', '/AuditLog/query', { body })
    const seen: { date: string; containerId: string }[] = []
    for (;;) {
      const page = answer.json<{ queryToken?: string; result: typeof seen }>()
      seen.push(...page.result)
      if (page.queryToken === undefined) break
      answer = await send('POST', '/AuditLog/queryMore', { body: page.queryToken })
    }
    expect(new Set(seen.map(({ containerId }) => containerId)).size).toBe(250)
    expect(seen.map(({ date }) => date)).toEqual(seen.map(({ date }) => date).toSorted())
  })

  test('a token of another object, of another user, or expired opens nothing', async () => {
    const { queryToken = '' } = await queryWith({})
    expect((await send('POST', '/Role/queryMore', { body: queryToken })).statusCode).toBe(400)
    const colleague = await createScript(app, { accountId })
    expect((await colleague.send('POST', '/Environment/queryMore', { body: queryToken })).statusCode).toBe(
      400,
    )
    await app.db.platformQueryToken.updateMany({ data: { expiresAt: new Date('2020-01-01T00:00:00Z') } })
    expect((await send('POST', '/Environment/queryMore', { body: queryToken })).statusCode).toBe(400)
  })

  test('a bulk of a hundred, in the order asked; one more is refused', async () => {
    const { result } = await queryWith({})
    const ids = result.map(({ id }) => id).toReversed()
    const bulk = await send('POST', '/Environment/bulk', {
      body: { type: 'GET', request: ids.map((id) => ({ id })) },
    })
    expect(bulk.json<{ response: { id: string }[] }>().response.map(({ id }) => id)).toEqual(ids)
    const tooMany = { type: 'GET', request: [...ids, 'x'].map((id) => ({ id })) }
    expect((await send('POST', '/Environment/bulk', { body: tooMany })).statusCode).toBe(400)
  })
})

describe('what means everything', () => {
  test.each([
    ['nothing', undefined],
    ['an empty text', ''],
    ['{}', {}],
    ['an empty filter', { QueryFilter: {} }],
    ['an empty expression', { '@type': 'QueryConfig', QueryFilter: { '@type': 'x', expression: {} } }],
    ['an empty element', '<QueryConfig xmlns="http://api.platform.boomi.com/"><QueryFilter/></QueryConfig>'],
  ])('%s', async (_name, body) => {
    const answer = await send('POST', '/Environment/query', {
      accept: 'json',
      ...(body !== undefined && { body }),
    })
    expect(answer.json<Page>().numberOfResults, answer.body).toBe(100)
  })
})

describe('every operator', () => {
  const name = (operator: string, ...argument: string[]) => ({ operator, property: 'name', argument })
  test.each([
    [name('EQUALS', 'shop 003'), 1],
    [name('NOT_EQUALS', 'Shop 003'), 249],
    [name('LIKE', 'shop 00_'), 0],
    [name('LIKE', 'Shop 00%'), 10],
    [name('NOT_LIKE', '%9'), 225],
    [name('STARTS_WITH', 'Shop 24'), 10],
    [name('CONTAINS', '%_\\'), 1],
    [name('NOT_CONTAINS', 'Shop'), 0],
    [name('BETWEEN', 'Shop 010', 'Shop 019'), 10],
    [name('GREATER_THAN', 'Shop 248'), 1],
    [name('GREATER_THAN_OR_EQUAL', 'Shop 248'), 2],
    [name('LESS_THAN', 'Shop 001'), 1],
    [name('LESS_THAN_OR_EQUAL', 'Shop 001'), 2],
    [name('IS_NULL'), 0],
    [{ ...name('EQUALS', 'TEST'), property: 'CLASSIFICATION' }, 50],
    [{ operator: 'and', nestedExpression: [name('LIKE', 'Shop 00%'), name('NOT_EQUALS', 'Shop 000')] }, 9],
    [
      {
        operator: 'OR',
        nestedExpression: {
          operator: 'and',
          nestedExpression: [name('EQUALS', 'Shop 001'), name('IS_NOT_NULL')],
        },
      },
      1,
    ],
  ])('%j finds %i', async (expression, count) => {
    const page = await queryWith(expression)
    expect(page.queryToken ? 100 : page.numberOfResults).toBe(Math.min(count, 100))
  })

  test.each([
    [{ operator: 'EQUALS', property: 'accountId', argument: ['x'] }, 'cannot be filtered by'],
    [{ operator: 'EQUALS', property: 'name"; drop table "User', argument: ['x'] }, 'cannot be filtered by'],
    [{ operator: 'RESEMBLES', property: 'name', argument: ['x'] }, 'is not known'],
    [{ operator: 'EQUALS', property: 'name', argument: [] }, 'takes one argument'],
    [{ operator: 'BETWEEN', property: 'name', argument: ['a'] }, 'takes two arguments'],
    [{ operator: 'and', nestedExpression: [] }, 'needs a nestedExpression'],
    [{ operator: 'EQUALS', property: 'name', argument: ['\0'] }, 'NUL'],
  ])('%j is refused with a sentence', async (expression, sentence) => {
    const answer = await send('POST', '/Environment/query', { body: { QueryFilter: { expression } } })
    expect(answer.statusCode).toBe(400)
    expect(answer.body).toContain(sentence)
  })
})

describe('which media is answered', () => {
  const { url } = { url: `/api/rest/v1/${accountId}/Environment/query` }
  const asXml = '<QueryConfig xmlns="http://api.platform.boomi.com/"/>'
  test.each([
    ['nothing', {}, undefined, 'json'],
    ['*/* and JSON', { accept: '*/*' }, '{}', 'json'],
    ['*/* and XML', { accept: '*/*' }, asXml, 'xml'],
    ['XML asked for, JSON sent', { accept: 'application/xml' }, '{}', 'xml'],
    ['JSON asked for, XML sent', { accept: 'text/html, application/json;q=0.5' }, asXml, 'json'],
    ['JSON called a form', { 'content-type': 'application/x-www-form-urlencoded' }, '{}', 'json'],
    ['a content type that is none', { 'content-type': 'json' }, '{}', 'json'],
  ])('%s', async (_name, headers, payload, media) => {
    const authorization = (await createScript(app, { accountId })).authorization
    const answer = await app.app.inject({
      method: 'POST',
      url,
      headers: { authorization, ...headers },
      ...(payload !== undefined && { payload }),
    })
    expect(answer.statusCode, answer.body).toBe(200)
    expect(answer.headers['content-type']).toBe(`application/${media}; charset=utf-8`)
  })
})

test('an unknown object is 404, an unknown operation says what there is', async () => {
  const unknown = await send('POST', '/Nonsense/query')
  expect(unknown.statusCode).toBe(404)
  expect(unknown.json()).toMatchObject({ message: expect.stringContaining('PublisherIntegrationPack') })
  const operation = await send('DELETE', '/AccountGroup/1', { accept: 'xml' })
  expect(operation.statusCode).toBe(404)
  expect(operation.body).toContain('AccountGroup has GET, BULK')
})

test('names that XML cannot hold come out readable', async () => {
  await app.db.environment.create({ data: { accountId, name: 'a\u0001<b> & "c"', classification: 'TEST' } })
  const filter = `<QueryConfig xmlns="http://api.platform.boomi.com/"><QueryFilter><expression operator="STARTS_WITH" property="name"><argument>a</argument></expression></QueryFilter></QueryConfig>`
  const answer = await send('POST', '/Environment/query', { body: filter })
  expect(answer.body).toContain('name="a\ufffd&lt;b&gt; &amp; &quot;c&quot;"')
})

test('an Idempotency-Key makes one object of many requests, answered in the media of each', async () => {
  const headers = { 'idempotency-key': 'nightly-2027-03-01' }
  const body = { name: 'Made once' }
  const first = await send('POST', '/Environment', { body, headers })
  const second = await send('POST', '/Environment', { body, headers, accept: 'xml' })
  const { id } = first.json<{ id: string }>()
  expect(second.body).toContain(`id="${id}"`)
  expect(await app.db.environment.count({ where: { name: 'Made once' } })).toBe(1)
  const reused = await send('POST', '/Environment', { body: { name: 'Other' }, headers })
  expect(reused.statusCode).toBe(400)
})
