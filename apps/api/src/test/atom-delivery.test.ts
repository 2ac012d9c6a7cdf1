import type { AddedAtom } from '@packline/contract/atoms.ts'
import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { pasteInstallCommand, startAtomProcess, until } from './atom-processes.ts'
import {
  connectNode,
  createCustomer,
  createDeliveryScene,
  giveToken,
  releaseSecond,
  runRelease,
} from './atoms.ts'
import { createAccount, signInAs } from './people.ts'
import { createTestApp } from './test-app.ts'

const app = await createTestApp()
const { db } = app
const url = await app.app.listen({ port: 0, host: '127.0.0.1' })

const large = (letter: string) => `<process>${letter.repeat(60_000)}</process>`

const deliveryOf = (attachmentId: string, releaseId: string) => async () =>
  (await db.delivery.findFirst({ where: { attachmentId, releaseId } }))?.state

test('a release reaches a real Atom: fetched, verified, activated and reported', async () => {
  const scene = await createDeliveryScene(app, ['<process>one</process>', '<process>two</process>'])
  const { atom: row, attachment } = await createCustomer(app, scene)
  const atom = await startAtomProcess(url, await giveToken(app, row.id), ['--name=node 7'])
  await until(
    'the first release runs',
    async () => (await atom.running(attachment.id)) === '<process>one</process>',
  )
  await until('it is known to', async () => (await deliveryOf(attachment.id, scene.first.id)()) === 'ACTIVE')
  expect(await db.atomNode.findMany({ where: { atomId: row.id } })).toMatchObject([
    { name: 'node 7', address: '127.0.0.1' },
  ])

  const released = performance.now()
  const releaseId = await releaseSecond(app, scene)
  await until(
    'the second one runs',
    async () => (await atom.running(attachment.id)) === '<process>two</process>',
  )
  expect(performance.now() - released).toBeLessThan(15_000)
  await until('it is known to', async () => (await deliveryOf(attachment.id, releaseId)()) === 'ACTIVE')
  expect(await deliveryOf(attachment.id, scene.first.id)()).toBe('SUPERSEDED')
})

test('the install command that the console shows, pasted into a shell, installs an Atom', async () => {
  const accountId = await createAccount(app)
  const operator = await signInAs(app, { accountId, role: 'administrator' })
  const added = await operator.call('POST', '/atoms', {
    body: { name: 'Warehouse', type: 'ATOM', environmentId: null },
    headers: { host: new URL(url).host },
  })
  const { atom, command } = added.json<AddedAtom>()
  await pasteInstallCommand(command ?? '')
  await until(
    'its node is known',
    async () => (await db.atomNode.count({ where: { atomId: atom.id } })) === 1,
    60,
  )
  // The registry is asked for pnpm first.
}, 70_000)

test('killed in the middle of a download it goes on, and what it runs has the right digest', async () => {
  const scene = await createDeliveryScene(app, [large('a'), large('b')])
  const { atom: row, attachment } = await createCustomer(app, scene)
  const atom = await startAtomProcess(url, await giveToken(app, row.id), ['--slow=40000'])
  await until('the first release runs', async () => (await atom.running(attachment.id)) === large('a'))
  const releaseId = await releaseSecond(app, scene)
  const place = join(atom.dir, 'deployments', attachment.id)
  await until(
    'bytes arrive',
    async () => (await readdir(join(place, `.${releaseId}.new`)).catch(() => [])).length > 0,
  )
  await until(
    'progress is known',
    async () => (await deliveryOf(attachment.id, releaseId)()) === 'DOWNLOADING',
  )
  await atom.kill()
  expect(await atom.running(attachment.id)).toBe(large('a'))

  atom.restart()
  await until('the second one runs', async () => (await deliveryOf(attachment.id, releaseId)()) === 'ACTIVE')
  const running = (await atom.running(attachment.id)) ?? ''
  const content = await db.content.findFirstOrThrow({
    where: { revisions: { some: { packages: { some: { id: scene.packages[1].id } } } } },
  })
  expect(createHash('sha256').update(running).digest('hex')).toBe(content.sha256)
})

test('D-20 nothing reaches the Atom of a suspended account until it is active again', async () => {
  const scene = await createDeliveryScene(app, ['<process>one</process>', '<process>two</process>'])
  const { atom: row, attachment, accountId } = await createCustomer(app, scene)
  const atom = await startAtomProcess(url, await giveToken(app, row.id))
  await until(
    'the first release runs',
    async () => (await deliveryOf(attachment.id, scene.first.id)()) === 'ACTIVE',
  )
  const primaryAccountId = scene.publisherId
  await db.account.update({ where: { id: accountId }, data: { primaryAccountId } })
  const admin = await signInAs(app, { accountId: primaryAccountId, role: 'administrator' })
  const asked = (what: string) => admin.call('POST', `/accounts/${accountId}/${what}`)
  expect((await asked('suspend')).statusCode).toBe(200)
  const releaseId = await releaseSecond(app, scene)
  // Another Atom shows that the release went out; this one stays as it was.
  const other = await createCustomer(app, { ...scene, first: { ...scene.first, id: releaseId } })
  const node = await connectNode(app, other.atom.id)
  expect(await node.desired()).toMatchObject({ deployments: [{ releaseId }] })
  expect(await atom.running(attachment.id)).toBe('<process>one</process>')
  expect(await deliveryOf(attachment.id, releaseId)()).toBe('WAITING')

  expect((await asked('reactivate')).statusCode).toBe(200)
  await until('it catches up', async () => (await atom.running(attachment.id)) === '<process>two</process>')
})

test('an Atom that was removed ends by itself', async () => {
  const scene = await createDeliveryScene(app)
  const { atom: row, attachment } = await createCustomer(app, scene)
  const atom = await startAtomProcess(url, await giveToken(app, row.id))
  await until('it runs', async () => (await deliveryOf(attachment.id, scene.first.id)()) === 'ACTIVE')
  await db.atomNode.deleteMany({ where: { atomId: row.id } })
  await db.$executeRaw`select pg_notify('packline_desired', ${row.id})`
  expect(await atom.exited).toBe(4)
})

test('fifty waiting Atoms hear of a release together', async () => {
  const scene = await createDeliveryScene(app)
  const nodes = []
  for (let index = 0; index < 50; index += 1) {
    const { atom } = await createCustomer(app, scene)
    const node = await connectNode(app, atom.id)
    nodes.push({ node, revision: (await node.desired())?.revision })
  }
  let releasedAt = Infinity
  const heard = nodes.map(async ({ node, revision }) => {
    const response = await fetch(`${url}/atom/v1/desired?after=${revision ?? ''}&wait=20`, {
      headers: { authorization: `Bearer ${node.credential}` },
    })
    const { deployments } = (await response.json()) as { deployments: { releaseId: string }[] }
    return { releaseId: deployments[0]?.releaseId, after: performance.now() - releasedAt }
  })
  const releaseId = await releaseSecond(app, scene)
  releasedAt = performance.now()
  const all = await Promise.all(heard)
  expect(new Set(all.map((one) => one.releaseId))).toEqual(new Set([releaseId]))
  expect(Math.max(...all.map(({ after }) => after))).toBeLessThan(5_000)
})

test('an Atom that waits at another instance hears as well', async () => {
  const scene = await createDeliveryScene(app)
  const { atom, attachment } = await createCustomer(app, scene)
  const node = await connectNode(await createTestApp({ databaseUrl: app.url }), atom.id)
  const waits = node.desired((await node.desired())?.revision, 20)
  await wait(300)
  const asked = performance.now()
  await runRelease(app, attachment.id, scene.second.id)
  expect((await waits)?.deployments).toMatchObject([{ releaseId: scene.second.id }])
  expect(performance.now() - asked).toBeLessThan(10_000)
})

test('a server that closes sends waiting Atoms away at once', async () => {
  const own = await createTestApp({ databaseUrl: app.url })
  const address = await own.app.listen({ port: 0, host: '127.0.0.1' })
  const { atom } = await createCustomer(own, await createDeliveryScene(own))
  const node = await connectNode(own, atom.id)
  const revision = (await node.desired())?.revision ?? ''
  const waits = fetch(`${address}/atom/v1/desired?after=${revision}&wait=25`, {
    headers: { authorization: `Bearer ${node.credential}` },
  })
  await wait(300)
  const asked = performance.now()
  await Promise.all([own.app.close(), waits])
  expect((await waits).status).toBe(204)
  expect(performance.now() - asked).toBeLessThan(10_000)
})
