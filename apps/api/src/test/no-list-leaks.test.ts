import { afterAll, describe, expect, test } from 'vitest'
import { wordsOf } from './leak-attempt.ts'
import { createAccount } from './people.ts'
import { nameOf, readingOf, routesOf } from './route-probes.ts'
import { createTestApp } from './test-app.ts'
import { forgetScope, watchStatements } from './watched-statements.ts'
import { createWorld, type World } from './world.ts'

// Here the first wall has to stand by itself: what each route asks for.
const app = await createTestApp({ hasSecondWall: false })
const { watched, stop } = watchStatements()
afterAll(stop)
const routes = routesOf((await app.app.inject({ method: 'GET', url: '/api/docs/json' })).json())
/** Everything that can be read knowing one's own ids only: lists, counts, choices, exports. */
const lists = routes.filter(({ method }) => method === 'GET')
const searchable = lists.flatMap((route) =>
  route.operation.parameters
    .filter(({ name, in: place }) => place === 'query' && /^(search|filter|email|actor|q)$/.test(name))
    .map(({ name }) => ({ ...route, parameter: name })),
)

const primaryId = await createAccount(app)
const newWorld = async (options = {}) => createWorld(app, await createAccount(app, options))

async function readAll(reader: World) {
  const answers = new Map<string, string>()
  for (const route of lists) {
    const { path, query } = readingOf(route, reader)
    const response = await reader.admin.call('GET', path, { query })
    expect(response.statusCode, nameOf(route)).toBeLessThan(500)
    // What goes on with time is no news of anybody else.
    const text = response.body.replaceAll(
      /"requestId":"[^"]*"|\d{4}-\d\d-\d\dT[\d:.]+Z|"offsetMillis":-?\d+/g,
      '',
    )
    answers.set(nameOf(route), `${response.statusCode} ${text}`)
  }
  return answers
}

describe.each([
  ['a stranger', () => newWorld(), () => newWorld()],
  [
    'a managed account beside another one',
    () => newWorld({ primaryAccountId: primaryId }),
    () => newWorld({ primaryAccountId: primaryId }),
  ],
] as const)('%s', async (_name, comeFirst, comeLater) => {
  const reader = await comeFirst()
  const before = await readAll(reader)
  const other = await comeLater()

  test('reads what it read before there was the other account', async () => {
    const after = await readAll(reader)
    expect(Object.fromEntries(after)).toEqual(Object.fromEntries(before))
    for (const [route, text] of after)
      for (const word of wordsOf(other)) expect(text.includes(word), `${route} tells ${word}`).toBe(false)
  })

  test.each(searchable.map((route) => [`${nameOf(route)} ?${route.parameter}`, route] as const))(
    '%s finds nothing of it',
    async (_route, { parameter, ...route }) => {
      const { path, query } = readingOf(route, reader)
      const find = async (text: string) => {
        const response = await reader.admin.call('GET', path, { query: { ...query, [parameter]: text } })
        return response.body.replaceAll(/"requestId":"[^"]*"/g, '').replaceAll(text, '<text>')
      }
      expect(await find(other.canary)).toBe(await find('zqnobodyatall'))
    },
  )
})

test('a list that forgets whose data it reads is found', async () => {
  const [reader, other] = [await newWorld(), await newWorld()]
  watched.rewrite = forgetScope
  const read = await readAll(reader)
  watched.rewrite = (text) => text
  const telling = [...read].filter(([, text]) => text.includes(other.canary)).map(([route]) => route)
  expect(telling).toEqual(
    expect.arrayContaining([
      'GET /components',
      'GET /integration-packs',
      'GET /environments',
      'GET /accounts',
      'GET /account-groups/{groupId}/addable-accounts',
      'GET /account-groups/{groupId}/addable-users',
      'GET /account-groups/{groupId}/shareable-packs',
      'GET /account-groups/{groupId}/role-choices',
      'GET /integration-packs/{packId}/addable-components',
      'GET /atoms/{atomId}/accounts',
    ]),
  )
})

test('there are lists to read and to search', () => {
  expect(lists.length).toBeGreaterThan(60)
  expect(searchable.length).toBeGreaterThan(10)
})
