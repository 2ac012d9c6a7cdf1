import { createHash, randomBytes } from 'node:crypto'
import {
  atomEndpoints,
  atomProtocolBase,
  type DesiredState,
  type ReportBody,
} from '@packline/contract/atom-protocol.ts'
import { hashToken, newToken } from '../platform/session-token.ts'
import { createReleaseOf, installIn } from './pack-data.ts'
import { createAccount, signInAs } from './people.ts'
import type { TestApp } from './test-app.ts'

/** A component with one package for each content; the bytes are really there. */
export async function createDeliverable(
  { db }: TestApp,
  accountId: string,
  contents: readonly string[],
  name = 'Orders to ERP',
) {
  const component = await db.component.create({ data: { accountId, name, type: 'process' } })
  const packages = []
  for (const [index, text] of contents.entries()) {
    const bytes = Buffer.from(text)
    const content = await db.content.create({
      data: {
        sha256: createHash('sha256').update(bytes).digest('hex'),
        size: bytes.byteLength,
        mediaType: 'application/xml',
        chunks: { create: { position: 0, bytes } },
      },
    })
    const revision = await db.componentRevision.create({
      data: { componentId: component.id, revision: index + 1, contentId: content.id },
    })
    packages.push(
      await db.packagedComponent.create({
        data: {
          accountId,
          componentId: component.id,
          revisionId: revision.id,
          ordinal: index + 1,
          version: `${index + 1}.0`,
          componentName: name,
          componentType: 'process',
          shareable: true,
        },
      }),
    )
  }
  return { ...component, packages }
}

/** A publisher's pack with two releases of one component, the first being current, and the texts they bring. */
export async function createDeliveryScene(
  test: TestApp,
  contents: readonly [string, string] = ['one', 'two'],
) {
  const publisherId = await createAccount(test)
  const component = await createDeliverable(test, publisherId, contents)
  const pack = await test.db.integrationPack.create({
    data: {
      accountId: publisherId,
      name: `Order to Cash ${randomBytes(3).toString('hex')}`,
      type: 'SINGLE',
      items: { create: { componentId: component.id } },
    },
  })
  const [one, two] = component.packages
  if (!one || !two) throw new Error('Two contents make two packages')
  const second = await createReleaseOf(test, pack.id, { status: 'SUPERSEDED', content: [two] })
  const first = await createReleaseOf(test, pack.id, { content: [one] })
  return { publisherId, component, pack, first, second, packages: [one, two] as const }
}

export type DeliveryScene = Awaited<ReturnType<typeof createDeliveryScene>>

/** Releases the second content through the API, at once and everywhere. */
export async function releaseSecond(
  test: TestApp,
  { publisherId, pack, component, packages }: DeliveryScene,
) {
  const manager = await signInAs(test, { accountId: publisherId })
  const answer = await manager.call('POST', `/integration-packs/${pack.id}/releases`, {
    body: {
      versions: [{ componentId: component.id, packageId: packages[1].id }],
      timing: { kind: 'immediately' },
    },
  })
  if (answer.statusCode !== 201) throw new Error(`Not released: ${answer.body}`)
  return answer.json<{ id: string }>().id
}

/** A managed account that runs the scene's first release in one environment, with an Atom there. */
export async function createCustomer(
  test: TestApp,
  scene: DeliveryScene,
  type: 'ATOM' | 'MOLECULE' = 'ATOM',
) {
  const accountId = await createAccount(test)
  await installIn(test, accountId, { packId: scene.pack.id, releaseId: scene.first.id })
  const attachment = await test.db.attachment.findFirstOrThrow({ where: { accountId } })
  const { environmentId } = attachment
  const atom = await test.db.atom.create({
    data: { accountId, environmentId, type, name: `atom ${randomBytes(4).toString('hex')}` },
  })
  return { accountId, environmentId, attachment, atom }
}

/** A one-time token as the console would give it out. */
export async function giveToken(
  { db }: TestApp,
  atomId: string,
  expiresAt = new Date(Date.now() + 3_600_000),
) {
  const token = newToken()
  await db.atomInstallToken.create({ data: { atomId, tokenHash: hashToken(token), expiresAt } })
  return token
}

export const newCredential = newToken

/** An Atom reduced to what it says on the wire; `fetch` goes to a listening server, otherwise straight into the app. */
export async function connectNode(test: TestApp, atomId: string, nodeName = 'node 1') {
  const credential = newCredential()
  const call = callerFor(test, credential)
  const registered = await call('register', {
    body: { token: await giveToken(test, atomId), nodeName, agentVersion: '1', credential },
  })
  if (registered.statusCode !== 201) throw new Error(`Not registered: ${registered.body}`)
  const { nodeId } = registered.json<{ nodeId: string }>()
  return {
    nodeId,
    credential,
    call,
    desired: async (after?: string, wait = 0) => {
      const answer = await call('getDesired', {
        query: { wait: String(wait), ...(after !== undefined && { after }) },
      })
      return answer.statusCode === 204 ? undefined : answer.json<DesiredState>()
    },
    report: (body: ReportBody) => call('report', { body }),
  }
}

export function callerFor({ app }: TestApp, credential?: string) {
  return (
    name: keyof typeof atomEndpoints,
    {
      body,
      query,
      headers,
      path,
    }: {
      body?: object
      query?: Record<string, string>
      headers?: Record<string, string>
      path?: string
    } = {},
  ) =>
    app.inject({
      method: atomEndpoints[name].method,
      url: `${atomProtocolBase}${path ?? atomEndpoints[name].path}`,
      headers: { ...(credential !== undefined && { authorization: `Bearer ${credential}` }), ...headers },
      ...(query && { query }),
      ...(body && { payload: body }),
    })
}

/** What an apply or a release going out does to an attachment, as far as its Atoms are concerned. */
export async function runRelease({ db }: TestApp, attachmentId: string, releaseId: string) {
  await db.$executeRaw`
    with moved as (
      update "Attachment" set "releaseId" = ${releaseId}::uuid where id = ${attachmentId}::uuid returning "environmentId")
    select pg_notify('packline_desired', "environmentId"::text) from moved`
}
