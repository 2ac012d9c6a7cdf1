import { randomUUID } from 'node:crypto'
import { atomEndpoints } from '@packline/contract/atom-protocol.ts'
import { describe, expect, test } from 'vitest'
import {
  callerFor,
  connectNode,
  createCustomer,
  createDeliverable,
  createDeliveryScene,
  giveToken,
  newCredential,
} from '../../test/atoms.ts'
import { consoleRoutes } from '../../test/guarded-routes.ts'
import { basic, createScript } from '../../test/platform-api/platform-caller.ts'
import { publicOperations } from '../../test/platform-api/public-description.ts'
import { callerOf, createTestApp } from '../../test/test-app.ts'

const app = await createTestApp()
const { db } = app
const scene = await createDeliveryScene(app)
const otherScene = await createDeliveryScene(app, ['three', 'four'])

async function connected(from = scene) {
  const customer = await createCustomer(app, from)
  return { ...customer, node: await connectNode(app, customer.atom.id) }
}

const own = await connected()
/** All that does not belong to the Atom above, by how far away it is. */
const others = {
  'another Atom of the account, in another environment': await elsewhereInTheAccount(),
  'another customer of the same publisher': await connected(),
  'a customer of another publisher': await connected(otherScene),
}

async function elsewhereInTheAccount() {
  const environment = await db.environment.create({
    data: { accountId: own.accountId, name: 'Elsewhere', classification: 'TEST' },
  })
  const { installationId, packId, releaseId } = own.attachment
  const attachment = await db.attachment.create({
    data: {
      installationId,
      packId,
      releaseId,
      accountId: own.accountId,
      environmentId: environment.id,
      versionNumber: 1,
      lastUpdatedAt: new Date(),
      attachedAt: new Date(),
    },
  })
  const atom = await db.atom.create({
    data: { accountId: own.accountId, environmentId: environment.id, type: 'ATOM', name: 'Elsewhere' },
  })
  return {
    accountId: own.accountId,
    environmentId: environment.id,
    attachment,
    atom,
    node: await connectNode(app, atom.id),
  }
}

type Other = (typeof others)[keyof typeof others]

const withoutIds = (body: string, ...ids: string[]) =>
  [...ids].reduce((text, id) => text.replaceAll(id, '<id>'), body).replaceAll(/"requestId":"[^"]*"/g, '')

const report = (attachmentId: string, releaseId: string) => ({
  attachmentId,
  releaseId,
  state: 'ACTIVE' as const,
})
const deliveriesOf = ({ attachment }: Other) =>
  db.delivery.findMany({ where: { attachmentId: attachment.id }, orderBy: { nodeId: 'asc' } })

test('the Atom does with its own what the protocol has', async () => {
  const desired = await own.node.desired()
  expect(desired?.deployments.map(({ attachmentId }) => attachmentId)).toEqual([own.attachment.id])
  const packageId = desired?.deployments[0]?.packages[0]?.packageId ?? ''
  const content = await own.node.call('downloadPackage', { path: `/packages/${packageId}/content` })
  expect([content.statusCode, content.body]).toEqual([200, 'one'])
  const reported = await own.node.report(report(own.attachment.id, scene.first.id))
  expect(reported.statusCode, reported.body).toBe(200)
})

describe.each(Object.entries(others))('%s', (_relation, other) => {
  test('is not in what the Atom is to run', async () => {
    const text = JSON.stringify(await own.node.desired())
    for (const id of [other.attachment.id, other.atom.id, other.node.nodeId]) expect(text).not.toContain(id)
  })

  test('gets no report from it, and the answer is that of an attachment that nobody has', async () => {
    const before = await deliveriesOf(other)
    const nobody = randomUUID()
    const { releaseId } = other.attachment
    const foreign = await own.node.report(report(other.attachment.id, releaseId))
    const unknown = await own.node.report(report(nobody, releaseId))
    expect(foreign.statusCode).toBe(404)
    expect(withoutIds(foreign.body, other.attachment.id)).toBe(withoutIds(unknown.body, nobody))
    expect(await deliveriesOf(other)).toEqual(before)
  })

  test('keeps its credential when the Atom replaces its own', async () => {
    const { node } = await connected()
    const rotated = await node.call('rotateCredential', { body: { credential: newCredential() } })
    expect(rotated.statusCode).toBe(200)
    expect(await other.node.desired()).toBeDefined()
  })
})

describe('content', async () => {
  const component = await createDeliverable(app, own.accountId, ['never deployed'])
  test.each([
    ['of another publisher', otherScene.packages[0].id],
    ['of its own publisher that no environment of it runs', scene.packages[1].id],
    ['of its own account that is in no pack', component.packages[0]?.id ?? ''],
  ])('%s is as unknown as one that nobody has', async (_what, packageId) => {
    const nobody = randomUUID()
    const foreign = await own.node.call('downloadPackage', { path: `/packages/${packageId}/content` })
    const unknown = await own.node.call('downloadPackage', { path: `/packages/${nobody}/content` })
    expect(foreign.statusCode).toBe(404)
    expect(withoutIds(foreign.body, packageId)).toBe(withoutIds(unknown.body, nobody))
  })
})

describe('what opens another front opens nothing here', async () => {
  const script = await createScript(app, { accountId: own.accountId })
  const [, secret = ''] = Buffer.from(script.authorization.slice('Basic '.length), 'base64')
    .toString()
    .split(/:(.*)/s)
  const gone = await connected()
  await db.atomNode.delete({ where: { id: gone.node.nodeId } })
  const closed = Object.entries(atomEndpoints).filter(([name]) => name !== 'register')

  test.each<[string, Record<string, string>]>([
    ['a session', { cookie: script.cookie }],
    ['an API token', { authorization: `Bearer ${secret}` }],
    ['an API token in HTTP Basic', { authorization: script.authorization }],
    ['a password', { authorization: basic(script.email, 'quiet harbour at noon') }],
    ['a token to install with', { authorization: `Bearer ${await giveToken(app, own.atom.id)}` }],
    ['a credential that was revoked', { authorization: `Bearer ${gone.node.credential}` }],
    ['a credential in HTTP Basic', { authorization: basic('atom', own.node.credential) }],
  ])('%s', async (_what, headers) => {
    for (const [name, { path }] of closed) {
      const answer = await callerFor(app)(name as keyof typeof atomEndpoints, {
        path: path.replace(':packageId', scene.packages[0].id),
        headers,
      })
      expect([name, answer.statusCode]).toEqual([name, 401])
    }
  })
})

describe('an Atom’s credential opens nothing of', () => {
  const headers = { authorization: `Bearer ${own.node.credential}` }
  // Without pause they would be slowed down as guesses, which is not what is asked here.
  const pause = () => db.signInAttempt.deleteMany()

  test('the console', async () => {
    const call = callerOf(app.app)
    for (const { method, path, access } of consoleRoutes(app)) {
      if (access === 'public') continue
      await pause()
      expect([method, path, (await call(method, path, { headers })).statusCode]).toEqual([method, path, 401])
    }
  })

  test('the Platform API', async () => {
    for (const { method, path } of publicOperations) {
      const url = `/api/rest/v1/${own.accountId}${path.replace(/\{\w+\}/, 'any')}`
      await pause()
      expect([method, path, (await app.app.inject({ method, url, headers })).statusCode]).toEqual([
        method,
        path,
        401,
      ])
    }
  })
})
