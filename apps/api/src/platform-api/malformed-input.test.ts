import fc from 'fast-check'
import { expect, test } from 'vitest'
import { noteChanges } from '../test/change-notes.ts'
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

test(`${requests} malformed requests: none fails on our side, and a refused one changes nothing`, {
  timeout: 180_000,
}, async () => {
  const ids = await realIds()
  const seen = new Map<number, number>()
  const problems: string[] = []
  const lastChange = await noteChanges(app.db)
  let known = await lastChange()
  const t0 = performance.now()
  const all = fc.sample(malformedRequest, { numRuns: requests, seed })
  console.log('SAMPLE', performance.now() - t0)
  let tSend = 0,
    tState = 0
  const per = new Map()
  for (const request of all) {
    const t1 = performance.now()
    const { statusCode, body } = await sendMalformed(request, ids)
    const dt = performance.now() - t1
    tSend += dt
    const kk = request.operation.object + ' ' + request.operation.operation
    per.set(kk, (per.get(kk) ?? 0) + dt)
    const report = (why: string) =>
      problems.push(`${why}: ${describeRequest(request)} → ${statusCode} ${body}`)
    seen.set(statusCode, (seen.get(statusCode) ?? 0) + 1)
    if (statusCode >= 500 || statusCode === 401) report('failed')
    if (statusCode >= 400 && !hasSentence.test(body)) report('said nothing')
    if (isWrite(request)) {
      const t2 = performance.now()
      const now = await lastChange()
      tState += performance.now() - t2
      if (statusCode >= 400 && now !== known) report('changed something')
      known = now
    }
    if (problems.length >= 20) break
  }
  console.log('SEND', tSend, 'STATE', tState, [...per].sort((a, b) => b[1] - a[1]).slice(0, 12))
  expect(problems).toEqual([])
  // Enough got through for the rest to mean something.
  expect(seen.get(200)).toBeGreaterThan(requests / 20)
  expect(seen.get(400)).toBeGreaterThan(requests / 4)
})

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
