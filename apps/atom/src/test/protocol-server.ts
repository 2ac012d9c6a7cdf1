import { createHash, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import {
  type DeployedPackageView,
  type DeploymentView,
  registrationBody,
  type ReportBody,
  reportBody,
  rotationBody,
} from '@packline/contract/atom-protocol.ts'
import { onTestFinished } from 'vitest'

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void

/** The server's side of the Atom protocol, in memory, with faults to order. */
export async function startProtocolServer({ token = 'one-time-token' } = {}) {
  const contents = new Map<string, Buffer>()
  const state = {
    token: token as string | undefined,
    credentials: new Set<string>(),
    deployments: [] as DeploymentView[],
    heldAccountIds: [] as string[],
    reports: [] as ReportBody[],
    /** Ranges asked for, in order; null without one. */
    ranges: [] as (string | null)[],
    registrations: 0,
    requests: [] as string[],
  }
  /** Replaces the answer to the next request of that path, as often as the list is long. */
  const faults = new Map<string, Handler[]>()
  let changed = Promise.withResolvers<void>()

  const server = createServer(
    (request, response) => void handle(request, response).catch(() => response.destroy()),
  )

  async function handle(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url ?? '/', 'http://server')
    const path = url.pathname.replace('/atom/v1', '')
    state.requests.push(`${request.method ?? ''} ${path}`)
    const fault = faults.get(path.startsWith('/packages/') ? '/packages' : path)?.shift()
    if (fault) return fault(request, response)
    if (path === '/registration') return register(request, response)

    const credential = request.headers.authorization?.replace('Bearer ', '') ?? ''
    if (!state.credentials.has(credential)) return refuse(response, 401, 'credential-unknown')
    if (path === '/desired') return desired(url, response)
    if (path === '/credential') {
      state.credentials.delete(credential)
      state.credentials.add(rotationBody.parse(JSON.parse(await text(request))).credential)
      return json(response, 200, { nodeId: randomUUID() })
    }
    if (path === '/reports') {
      state.reports.push(reportBody.parse(JSON.parse(await text(request))))
      return json(response, 200, { state: 'DOWNLOADING' })
    }
    return sendContent(request, response)
  }

  async function register(request: IncomingMessage, response: ServerResponse) {
    const body = registrationBody.parse(JSON.parse(await text(request)))
    if (body.token !== state.token && !state.credentials.has(body.credential)) {
      return refuse(response, 403, 'token-unusable')
    }
    state.token = undefined
    state.registrations += 1
    state.credentials.add(body.credential)
    json(response, 201, { nodeId: randomUUID(), atomId: randomUUID(), atomName: 'test-atom' })
  }

  async function desired(url: URL, response: ServerResponse) {
    const revision = () =>
      createHash('sha256')
        .update(JSON.stringify([state.deployments, state.heldAccountIds]))
        .digest('hex')
    if (url.searchParams.get('after') === revision()) await Promise.race([changed.promise, wait(25_000)])
    if (url.searchParams.get('after') === revision()) return void response.writeHead(204).end()
    json(response, 200, {
      revision: revision(),
      deployments: state.deployments,
      heldAccountIds: state.heldAccountIds,
    })
  }

  function sendContent(request: IncomingMessage, response: ServerResponse) {
    const content = contents.get(request.url?.split('/').at(-2) ?? '')
    if (!content) return refuse(response, 404, 'package-not-found')
    state.ranges.push(request.headers.range ?? null)
    const start = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0)
    response.writeHead(start > 0 ? 206 : 200, { 'content-length': content.byteLength - start })
    response.end(content.subarray(start))
  }

  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    // The address of a server that listens on a port.
    return (server.address() as AddressInfo).port
  }
  const port = await listen(0)
  const stop = async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
  onTestFinished(() => (server.listening ? stop() : undefined))

  return {
    url: `http://127.0.0.1:${port}`,
    state,
    /** Wakes whoever waits for a change. */
    wake: () => {
      changed.resolve()
      changed = Promise.withResolvers<void>()
    },
    fault: (path: string, ...handlers: Handler[]) => faults.set(path, handlers),
    stop,
    restart: () => listen(port),
    contents,
    /** A package with this content, as a deployment lists it. */
    addPackage: (content: Buffer | string, fileName = 'orders-to-erp.xml'): DeployedPackageView => {
      const bytes = Buffer.from(content)
      const packageId = randomUUID()
      contents.set(packageId, bytes)
      return {
        packageId,
        componentName: 'Orders to ERP',
        componentType: 'process',
        version: '1.0',
        sha256: createHash('sha256').update(bytes).digest('hex'),
        size: bytes.byteLength,
        mediaType: 'application/xml',
        fileName,
      }
    },
    deploymentOf: (packages: DeployedPackageView[], more: Partial<DeploymentView> = {}): DeploymentView => ({
      attachmentId: randomUUID(),
      accountId: 'account-1',
      installationName: 'Order to Cash',
      packName: 'Order to Cash',
      releaseId: randomUUID(),
      sequence: 1,
      retry: 0,
      packages,
      ...more,
    }),
  }
}

export type ProtocolServer = Awaited<ReturnType<typeof startProtocolServer>>

function json(response: ServerResponse, status: number, body: unknown) {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

export const refuse = (response: ServerResponse, status: number, code: string) =>
  json(response, status, { code, message: `Refused with ${code}.`, requestId: 'test' })
