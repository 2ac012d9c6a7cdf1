import { allPrivileges } from '@packline/domain/access/privileges.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { releaseDue } from '../../features/releases/release-due.ts'
import { findViolations } from '../invariants.ts'
import { fingerprintOf } from '../leak-attempt.ts'
import { createAccount, signInAs } from '../people.ts'
import { nameOf, routesOf } from '../route-probes.ts'
import { sendOverTheWire } from '../raw-socket.ts'
import { createTestApp } from '../test-app.ts'
import { createWorld, type World } from '../world.ts'
import { compileDescribed } from './described-answer.ts'
import { type FuzzedRequest, fuzzedRequests } from './console-requests.ts'
import { isLeaky } from './leaky-answer.ts'

const requests = 8_500
const batch = 500
const atOnce = 8
const seed = 20_270_302

const app = await createTestApp()
const { port } = new URL(await app.app.listen({ port: 0, host: '127.0.0.1' }))
const document: unknown = (await app.app.inject({ method: 'GET', url: '/api/docs/json' })).json()
const routes = routesOf(document)

const newWorld = async () => createWorld(app, await createAccount(app))
const victim = await newWorld()
const comeIn = ({ ownId }: World) => signInAs(app, { accountId: ownId, privileges: allPrivileges })
const seen = new Map<number, number>()

type Sent = {
  request: FuzzedRequest
  world: World
  person: Awaited<ReturnType<typeof signInAs>>
  isOverTheWire: boolean
}

const withIds = (text: string, { ids }: World) =>
  text.replaceAll(/\{\{(other )?(\w+)\}\}/g, (_all, other: string | undefined, kind: string) => {
    const known: Readonly<Record<string, string>> = other === undefined ? ids : victim.ids
    return known[kind] ?? ids.packId
  })

async function sendOnce({ request, world, person, isOverTheWire }: Sent) {
  const { method, path: template, query: asked, body: text, headers: described } = request
  const path = withIds(template, world)
  const query = Object.fromEntries(
    Object.entries(asked).map(([name, value]) => [name, withIds(value, world)]),
  )
  const body = text === undefined ? undefined : withIds(text, world)
  const { 'content-type': type = '', ...others } = described
  const headers = body === undefined ? others : { ...others, 'content-type': type }
  const sent = { ...headers, cookie: person.cookie, 'x-packline-request': '1' }
  const startedAt = performance.now()
  const answer = isOverTheWire
    ? await sendOverTheWire(Number(port), {
        method,
        path: `/api/v1${path}?${new URLSearchParams(query).toString()}`,
        headers: sent,
        body,
      })
    : await app.app.inject({
        method,
        url: `/api/v1${path}`,
        query,
        headers: sent,
        ...(body !== undefined && { payload: body }),
      })
  return { answer, millis: performance.now() - startedAt }
}

const millisOf = async (sent: Sent) => (await sendOnce(sent)).millis

/** What is wrong with the answer; nothing when all is right. */
async function problemsOf(sent: Sent) {
  const { answer, millis } = await sendOnce(sent)
  const { statusCode, body, headers } = answer
  seen.set(statusCode, (seen.get(statusCode) ?? 0) + 1)
  const problems = []
  if (statusCode >= 500) problems.push('failed')
  if (isLeaky(body)) problems.push('tells what is inside')
  // A download is what somebody once uploaded, or a part of it.
  const isPlain = headers['content-encoding'] === undefined && headers['content-disposition'] === undefined
  if (isPlain && String(headers['content-type']).startsWith('application/json'))
    problems.push(...problemsDescribed(sent.request.route, statusCode, JSON.parse(body)))
  const what = `${describeRequest(sent.request)} → ${statusCode} ${body.slice(0, 300)}`
  return {
    // Signed out, or not a user of the account any more, by what it did itself.
    isGone: /"(not-signed-in|account-not-chosen|too-many-requests)"/.test(body),
    isSlow: millis > 1_000,
    found: problems.map((why) => `${why}: ${what}`),
  }
}

const problemsDescribed = compileDescribed()

const describeRequest = ({ route, ...sent }: FuzzedRequest) => `${nameOf(route)} ${JSON.stringify(sent)}`

test(`${requests} requests to the console's API: none fails, each answer is as described, all invariants hold`, {
  timeout: 180_000,
}, async () => {
  const all = fc.sample(fuzzedRequests(routes), { numRuns: requests, seed })
  const problems: string[] = []
  const before = await fingerprintOf(app.db, victim)
  for (let start = 0; start < all.length && problems.length < 20; start += batch) {
    // A world that requests have taken apart has little to find any more.
    const world = await newWorld()
    let person = await comeIn(world)
    const slow: Sent[] = []
    const left = all.slice(start, start + batch).entries()
    const worker = async () => {
      for (const [index, request] of left) {
        const isOverTheWire = index % 10 === 0
        const sent = { request, world, person, isOverTheWire }
        const { isGone, isSlow, found } = await problemsOf(sent)
        problems.push(...found)
        if (isSlow) slow.push(sent)
        if (isGone) person = await comeIn(world)
      }
    }
    await Promise.all(Array.from({ length: atOnce }, worker))
    // Once may be the machine's fault, or that of what went on beside it.
    for (const sent of slow)
      if ((await millisOf(sent)) > 1_000 && (await millisOf(sent)) > 1_000)
        problems.push(`took long: ${describeRequest(sent.request)}`)
    await releaseDue(app.deps)
    problems.push(...(await findViolations(app.db)))
  }
  expect(problems).toEqual([])
  expect(await fingerprintOf(app.db, victim)).toEqual(before)
  // Enough got through for the rest to mean something.
  expect((seen.get(200) ?? 0) + (seen.get(201) ?? 0) + (seen.get(204) ?? 0)).toBeGreaterThan(requests / 5)
  expect(seen.get(400)).toBeGreaterThan(requests / 10)
})

test('what it looks for is found where it is', async () => {
  const world = await newWorld()
  const route = routes.find((one) => nameOf(one) === 'GET /integration-packs')
  if (!route) throw new Error('There is no list of packs')
  const request = { route, method: route.method, path: route.path, query: {}, body: undefined, headers: {} }
  const sent = { request, world, person: await comeIn(world), isOverTheWire: false }
  expect((await problemsOf(sent)).found).toEqual([])

  await app.db.$executeRaw`alter table "IntegrationPack" rename to "Away"`
  const { found } = await problemsOf(sent)
  await app.db.$executeRaw`alter table "Away" rename to "IntegrationPack"`
  expect(found[0]).toMatch(/^failed: /)
  expect(problemsDescribed(route, 200, { rows: [{}] })).not.toEqual([])
  expect(isLeaky('Error: no\n    at handler (file:///srv/app.ts:1:1)')).toBe(true)
  expect(isLeaky('Invalid `prisma.$queryRaw()` invocation')).toBe(true)
})
