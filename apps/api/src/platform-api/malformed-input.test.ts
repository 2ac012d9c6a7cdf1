import fc from 'fast-check'
import { expect, test } from 'vitest'
import { releaseDue } from '../features/releases/release-due.ts'
import { noteChanges } from '../test/change-notes.ts'
import { isLeaky } from '../test/fuzz/leaky-answer.ts'
import { findViolations } from '../test/invariants.ts'
import { problemsOf } from '../test/platform-api/answer-validation.ts'
import { malformedRequest, type MalformedRequest } from '../test/platform-api/malformed-requests.ts'
import {
  createAttachment,
  createGroup,
  createPack,
  createPair,
  createSharedPack,
} from '../test/platform-api/contract-scene.ts'
import { createTestApp } from '../test/test-app.ts'

const requests = 10_000
const seed = 20_270_301
/** After so many writes everything is looked at. */
const batch = 500

const app = await createTestApp()
const pair = await createPair(app)

/** Ids of everything there is at the start, so that many requests reach the rules behind the reading. */
async function realIds(): Promise<string[]> {
  const shared = await createSharedPack(app, pair, 'SINGLE')
  const waiting = await createPack(app, pair)
  const { id, instance, environment } = await createAttachment(app, pair)
  const group = await createGroup(app, pair)
  const { accountId } = pair.managed
  const roles = await app.db.role.findMany({ where: { accountId: null } })
  const packages = await app.db.packagedComponent.findMany({ take: 6 })
  return [
    shared.id,
    waiting.id,
    instance.pack.id,
    instance.id,
    id,
    environment.id,
    group.id,
    accountId,
    ...environment.atoms.map((atom) => atom.id),
    ...packages.flatMap((each) => [each.id, each.componentId]),
    ...roles.map((role) => role.id),
    pair.managed.email,
    pair.publisher.email,
  ]
}

const seen = new Map<number, number>()

/** Sends a request and says what is wrong with its answer; nothing when all is right. */
async function tryOut(request: MalformedRequest, ids: readonly string[]) {
  const startedAt = performance.now()
  const answer = await sendMalformed(request, ids)
  const millis = performance.now() - startedAt
  const { statusCode, body } = answer
  seen.set(statusCode, (seen.get(statusCode) ?? 0) + 1)
  const problems = []
  if (statusCode >= 500 || statusCode === 401) problems.push('failed')
  if (statusCode >= 400 && !hasSentence.test(body)) problems.push('said nothing')
  if (isLeaky(body)) problems.push('told what is inside')
  // Once may be the machine's fault; three times is the request's.
  if (millis > 1_000 && (await isSlow(request, ids)) && (await isSlow(request, ids)))
    problems.push('took long')
  const { answer: schema } = request.operation
  const isJson = String(answer.headers['content-type']).startsWith('application/json')
  // What a bulk did not find stands there with its reason, where the description knows no such thing.
  const isWhole = statusCode === 200 && !body.includes('"errorMessage"')
  if (isWhole && isJson && schema) problems.push(...problemsOf(schema, answer.json()))
  const what = `${describeRequest(request)} → ${statusCode} ${body}`
  return { isRefused: statusCode >= 400, found: problems.map((why) => `${why}: ${what}`) }
}

async function isSlow(request: MalformedRequest, ids: readonly string[]) {
  const startedAt = performance.now()
  await sendMalformed(request, ids)
  return performance.now() - startedAt > 1_000
}

test(`${requests} malformed requests: none fails on our side, each answer is as described, a refused one changes nothing`, {
  timeout: 180_000,
}, async () => {
  const ids = await realIds()
  const problems: string[] = []
  const lastChange = await noteChanges(app.db)
  const all = fc.sample(malformedRequest, { numRuns: requests, seed })
  const reads = all.filter((request) => !isWrite(request)).values()
  const writes = all.filter(isWrite)

  /** Reading changes nothing, so any number of them may go on beside the writes. */
  const read = async () => {
    for (const request of reads) {
      problems.push(...(await tryOut(request, ids)).found)
      if (problems.length >= 20) return
    }
  }
  const write = async () => {
    let known = await lastChange()
    for (const [index, request] of writes.entries()) {
      if (index % batch === batch - 1) problems.push(...(await violations()))
      const { isRefused, found } = await tryOut(request, ids)
      const now = await lastChange()
      if (isRefused && now !== known) found.push(`changed something: ${describeRequest(request)}`)
      known = now
      problems.push(...found)
      if (problems.length >= 20) return
    }
  }
  await Promise.all([write(), read(), read(), read(), read()])
  expect([...problems, ...(await violations())]).toEqual([])
  // Enough got through for the rest to mean something.
  expect(seen.get(200)).toBeGreaterThan(requests / 20)
  expect(seen.get(400)).toBeGreaterThan(requests / 4)
})

/** What does not hold of all there is, once nothing is due any more. */
async function violations() {
  await releaseDue(app.deps)
  return findViolations(app.db)
}

const hasSentence = /^\{"@type":"Error","message":".+"\}$|<error><message>/s

const describeRequest = ({ operation: { object, operation }, ...sent }: MalformedRequest) =>
  `${object} ${operation} ${JSON.stringify(sent)}`

const isWrite = ({ operation }: MalformedRequest) =>
  operation.operation === 'CREATE' || operation.operation === 'UPDATE' || operation.operation === 'DELETE'

const managedObjects = /^(Environment|Atom$|IntegrationPack|DeployedPackage|Process$)/

function sendMalformed({ operation, id, body, headers }: MalformedRequest, ids: readonly string[]) {
  const withIds = (text: string) =>
    text.replaceAll(/\{\{(\d+)\}\}/g, (_all, index: string) => ids[Number(index) % ids.length] ?? '')
  const script = managedObjects.test(operation.object) ? pair.managed : pair.publisher
  const path = operation.path.replace(/\{\w+\}/, encodeURIComponent(withIds(id).toWellFormed()))
  return app.app.inject({
    method: operation.method,
    url: `/api/rest/v1/${script.accountId}${path}`,
    headers: { authorization: script.authorization, ...headers },
    ...(body !== undefined && { payload: withIds(body) }),
  })
}
