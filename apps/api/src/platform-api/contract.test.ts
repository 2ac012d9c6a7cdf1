import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { createTestApp } from '../test/test-app.ts'
import { join } from 'node:path'
import { decodeXml, problemsOf } from '../test/platform-api/answer-validation.ts'
import { type Case, prepareFor } from '../test/platform-api/contract-cases.ts'
import { createPair } from '../test/platform-api/contract-scene.ts'
import { bodyFor, examplesFor, type Media, pathFor } from '../test/platform-api/contract-requests.ts'
import { type PublicOperation, publicOperations } from '../test/platform-api/public-description.ts'

const app = await createTestApp()
const pair = await createPair(app)

const outcomes = new Map<string, 'works' | 'open'>()
const nameOf = ({ object, operation }: PublicOperation, media: Media) => `${object} ${operation} ${media}`

describe.each(['json', 'xml'] as const)('every operation of the public description, as %s', (media) => {
  test.each(publicOperations.map((one) => [`${one.object} ${one.operation}`, one] as const))(
    '%s',
    async (_name, operation) => {
      const prepare = prepareFor(operation)
      outcomes.set(nameOf(operation, media), 'open')
      if (!prepare) throw new Error(`Nothing prepares ${operation.object} ${operation.operation}`)
      for (const example of examplesFor(operation, media)) {
        const one = await prepare(app, pair, media)
        const answer = await sendOperation(operation, one, media, example)
        const value = checkAnswer(operation, one, media, answer)
        if (asksForAll(operation, example)) await expectAmong(operation, one, value)
        outcomes.set(nameOf(operation, media), 'works')
      }
    },
  )
})

async function sendOperation(operation: PublicOperation, one: Case, media: Media, example: unknown) {
  const by = pair[one.as]
  const body = await bodyFor(app, operation, one, { media, example, by })
  return by.send(operation.method, pathFor(operation, one), {
    accept: media,
    ...(body !== undefined && { body }),
  })
}

type Sent = Awaited<ReturnType<typeof sendOperation>>

/** A query without a filter, or a next page of one, has the case's object on it or on a later page. */
const asksForAll = ({ operation }: PublicOperation, example: unknown) =>
  operation.startsWith('QUERY') && example === undefined

async function expectAmong({ object }: PublicOperation, one: Case, value: unknown) {
  // Events have no id; there has to be one all the same.
  const sought = one.id === undefined ? '"eventDate":"' : `"${one.id}"`
  let found = page.parse(value)
  while (!JSON.stringify(found.result).includes(sought)) {
    expect(found.queryToken, `${object} ${sought} is on no page`).toBeDefined()
    const more = await pair[one.as].send('POST', `/${object}/queryMore`, { body: found.queryToken })
    found = page.parse(more.json())
  }
}
const page = z.object({ queryToken: z.string().optional(), result: z.array(z.unknown()).default([]) })

/** Says what was answered, after it has been found to be as described. */
function checkAnswer(operation: PublicOperation, one: Case, media: Media, answer: Sent): unknown {
  const status = operation.operation === 'GET' ? (one.status ?? 200) : 200
  expect(answer.statusCode, answer.body).toBe(status)
  expect(answer.headers['content-type']).toBe(`application/${media}; charset=utf-8`)
  if (operation.answer === undefined) {
    expect(answer.body.replace(/^<\?xml[^>]*\?>\n/, '')).toBe(media === 'json' ? 'true' : '<true/>')
    return undefined
  }
  const { value, problems } =
    media === 'json'
      ? { value: answer.json<unknown>(), problems: [] }
      : decodeXml(operation.answer, answer.body)
  expect(problems, answer.body).toEqual([])
  expect(problemsOf(operation.answer, value), answer.body).toEqual([])
  if (operation.operation === 'BULK') expect(value).toMatchObject({ response: [{ id: one.id }] })
  return value
}

const columns = ['GET', 'BULK', 'QUERY', 'QUERY MORE', 'CREATE', 'UPDATE', 'DELETE']
const cells = { works: '', open: ' fails' }

/** What the tests above have seen, as a table; a media that is missing from a cell has failed. */
function operationsTable(): string {
  const objects = [...new Set(publicOperations.map(({ object }) => object))].toSorted()
  const cell = (object: string, operation: string) =>
    (['json', 'xml'] as const)
      .flatMap((media) => {
        const outcome = outcomes.get(`${object} ${operation} ${media}`)
        return outcome ? [`${media.toUpperCase()}${cells[outcome]}`] : []
      })
      .join(', ')
  const row = (entries: readonly string[]) => `| ${entries.join(' | ')} |`
  return [
    '# Platform API: what each object can be asked for',
    '',
    'Written by the test that sends every operation of the public description, with its examples, and holds the answers',
    'to its schemas. An empty cell is an operation that the public description does not have.',
    '',
    row(['object', ...columns]),
    row(['---', ...columns.map(() => '---')]),
    ...objects.map((object) => row([object, ...columns.map((operation) => cell(object, operation))])),
    '',
  ].join('\n')
}

test('docs/platform-api-operations.md tells what these tests have seen', async () => {
  await expect(operationsTable()).toMatchFileSnapshot(
    join(import.meta.dirname, '../../../../docs/platform-api-operations.md'),
  )
})
