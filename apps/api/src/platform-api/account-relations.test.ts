import { afterAll, describe, expect, test } from 'vitest'
import { differences, fingerprintOfRowsWith } from '../test/leak-attempt.ts'
import { createAccount } from '../test/people.ts'
import { type Case, prepareFor } from '../test/platform-api/contract-cases.ts'
import { bodyFor, examplesFor, pathFor } from '../test/platform-api/contract-requests.ts'
import { createPair } from '../test/platform-api/contract-scene.ts'
import { idsIn, nobodysCase } from '../test/platform-api/nobodys-case.ts'
import { createScript, platformCaller } from '../test/platform-api/platform-caller.ts'
import { type PublicOperation, publicOperations } from '../test/platform-api/public-description.ts'
import { createTestApp } from '../test/test-app.ts'
import { forgetScope, watchStatements } from '../test/watched-statements.ts'

// Each wall by itself: row-level security has tests of its own.
const app = await createTestApp({ hasSecondWall: false })
const { watched, stop } = watchStatements()
afterAll(stop)

const owners = await createPair(app)
const ofPrimary = { primaryAccountId: owners.publisher.accountId }
const sibling = await createScript(app, { accountId: await createAccount(app, ofPrimary) })
const strangers = await createPair(app)
type Script = typeof sibling

/** Who tries what is not theirs, by whose it is. */
const intruders: Record<Case['as'], Record<string, Script>> = {
  publisher: { 'a stranger': strangers.publisher, 'a managed account': sibling },
  managed: {
    'a stranger': strangers.managed,
    'another managed account': sibling,
    'the primary account from its own': owners.publisher,
  },
}

const nameOf = ({ object, operation }: PublicOperation) => `${object} ${operation}`
const isRead = ({ operation }: PublicOperation) => !/^(CREATE|UPDATE|DELETE)$/.test(operation)
const operations = publicOperations.map((one) => [nameOf(one), one] as const)

/** The pack is the primary account's own, however it is named by whoever has it installed. */
const ownOfPrimary = /^(IntegrationPack (GET|BULK)|IntegrationPackInstance CREATE)$/

type Asked = { named: Pick<Case, 'id' | 'replace'>; by: Script; example: unknown }

async function send(operation: PublicOperation, { named, by, example }: Asked) {
  const body = await bodyFor(app, operation, named, { media: 'json', example, by })
  const start = watched.count
  const answer = await by.send(operation.method, pathFor(operation, named), {
    accept: 'json',
    ...(body !== undefined && { body }),
  })
  return { status: answer.statusCode, body: answer.body, statements: watched.count - start }
}

/** What an operation is called with: a query without a filter tells the most. */
const bodiesOf = (operation: PublicOperation) =>
  operation.operation === 'QUERY' ? [undefined] : examplesFor(operation, 'json')

async function prepare(operation: PublicOperation): Promise<Case> {
  const made = await prepareFor(operation)?.(app, owners, 'json')
  if (!made) throw new Error(`Nothing prepares ${nameOf(operation)}`)
  return made
}

type Attempted = { one: Case; intruder: Script; example: unknown }

/** What an intruder learns or changes by naming the case; nothing when it is as good as nobody's. */
async function attempt(operation: PublicOperation, { one, intruder, example }: Attempted): Promise<string[]> {
  const { named, written } = nobodysCase(one)
  const known = new Set([intruder.accountId, intruder.email, intruder.userId, ...managedBy(intruder)])
  const words = [owners[one.as].accountId, ...idsIn(one)].filter((word) => !known.has(word))
  const changing = isRead(operation) ? [] : words
  const before = await rowsWith(changing)
  const foreign = await send(operation, { named: one, by: intruder, example })
  const after = await rowsWith(changing)
  const problems = differences(before, after).map((table) => `changed ${table}`)
  if (foreign.status >= 500) problems.push(`failed: ${foreign.body}`)
  if (operation.operation.startsWith('QUERY')) {
    const told = words.filter((word) => foreign.body.includes(word))
    return [...problems, ...told.map((word) => `tells ${word}`)]
  }
  // What names nothing of anybody is the intruder's own request, answered to them.
  if (idsIn(one).length === 0) return problems
  const nobodys = await send(operation, { named, by: intruder, example })
  const [text, expected] = [written(foreign.body), nobodys.body].map(withoutNewIds)
  if (text !== expected || foreign.status !== nobodys.status)
    problems.push(`${foreign.status} ${foreign.body}, for nobody’s ${nobodys.status} ${nobodys.body}`)
  if (foreign.statements !== nobodys.statements)
    problems.push(`${foreign.statements} statements, for nobody’s ${nobodys.statements}`)
  return problems
}

const rowsWith = async (words: readonly string[]) =>
  words.length === 0 ? new Map<string, string>() : fingerprintOfRowsWith(app.db, words)
const withoutNewIds = (body: string) => body.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '<id>')
/** Whom a primary account manages is in its own lists and log. */
const managedBy = (script: Script) =>
  script === owners.publisher ? [owners.managed.accountId, sibling.accountId] : []

describe('every operation on what is not one’s own', () => {
  test.each(operations)('%s', async (_name, operation) => {
    for (const example of bodiesOf(operation)) {
      const one = await prepare(operation)
      for (const [who, intruder] of Object.entries(intruders[one.as])) {
        if (intruder === owners.publisher && ownOfPrimary.test(nameOf(operation))) continue
        expect(await attempt(operation, { one, intruder, example }), who).toEqual([])
      }
      // The very same request is carried out for whoever it belongs to.
      const own = await send(operation, { named: one, by: owners[one.as], example })
      expect(own.status, own.body).toBeLessThan(300)
    }
  })
})

describe('every operation at an address that is not one’s own', () => {
  const { publisher, managed } = owners
  const at = (accountId: string, { authorization }: Script, base?: string) =>
    platformCaller(app, { accountId, authorization, ...(base && { base }) })
  const partner = '/partner/api/rest/v1'

  test.each(operations)('%s', async (_name, operation) => {
    const path = pathFor(operation, { id: 'any' })
    const statuses: Record<string, number> = {}
    const call = async (who: string, sender: ReturnType<typeof at>, query = '') => {
      const { statusCode } = await sender(operation.method, `${path}${query}`)
      statuses[who] = statusCode
    }
    await call('a stranger', at(publisher.accountId, strangers.publisher))
    await call('managed at its primary', at(publisher.accountId, managed))
    await call('primary at its managed', at(managed.accountId, publisher))
    await call('managed at its sibling', at(managed.accountId, sibling))
    const over = (accountId: string) => `?overrideAccount=${accountId}`
    await call(
      'a stranger over managed',
      at(strangers.publisher.accountId, strangers.publisher, partner),
      over(managed.accountId),
    )
    await call('managed over primary', at(managed.accountId, managed, partner), over(publisher.accountId))
    await call('managed over sibling', at(managed.accountId, managed, partner), over(sibling.accountId))
    expect(new Set(Object.values(statuses)), JSON.stringify(statuses)).toEqual(new Set([403]))
    const allowed = await at(
      publisher.accountId,
      publisher,
      partner,
    )(operation.method, `${path}${over(managed.accountId)}`)
    expect(allowed.statusCode, allowed.body).not.toBe(403)
  })
})

test('an operation that forgets whose data it reads is found', async () => {
  const reads = publicOperations.filter(({ operation }) => operation === 'GET')
  const caught = []
  for (const operation of reads) {
    const one = await prepare(operation)
    watched.rewrite = forgetScope
    const problems = await attempt(operation, { one, intruder: strangers[one.as], example: undefined })
    watched.rewrite = (text) => text
    if (problems.length > 0) caught.push(nameOf(operation))
  }
  expect(caught).toEqual(expect.arrayContaining(['Environment GET', 'PackagedComponent GET']))
  expect(caught.length).toBeGreaterThan(reads.length / 2)
})
