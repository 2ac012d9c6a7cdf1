import { createServer, type RequestListener } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { createNetworkGuard } from './network-guard.ts'
import { postOutside, type ResolveName } from './post-outside.ts'

const strict = createNetworkGuard([])
/** As a configuration that allows the tests' own receiver. */
const local = createNetworkGuard(['127.0.0.1'])

async function receiver(answer: RequestListener) {
  const server = createServer(answer)
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  onTestFinished(() => server.closeAllConnections())
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

async function tcpReceiver(onConnection: (socket: Socket) => void) {
  const server = createTcpServer(onConnection)
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

const post = (url: string, more: Partial<Parameters<typeof postOutside>[0]> = {}) =>
  postOutside({ url, headers: { 'content-type': 'application/json' }, body: '{}', guard: local, ...more })

const resolvesTo =
  (...addresses: string[]): ResolveName =>
  () =>
    Promise.resolve(addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })))

test('posts and says what was answered, of it the first kilobyte', async () => {
  const received: unknown[] = []
  const port = await receiver((request, response) => {
    void request.toArray().then((chunks) => {
      received.push([request.method, request.headers['content-type'], Buffer.concat(chunks).toString()])
      response.writeHead(202).end('x'.repeat(5_000_000))
    })
  })
  const outcome = await post(`http://127.0.0.1:${port}/hook`, { body: '{"a":"ü"}' })
  expect(outcome).toMatchObject({ kind: 'answered', status: 202, answer: 'x'.repeat(1_024) })
  expect(received).toEqual([['POST', 'application/json', '{"a":"ü"}']])
})

test('a redirect is an answer, and nobody goes where it leads', async () => {
  let visits = 0
  const port = await receiver((_request, response) => {
    visits++
    response.writeHead(307, { location: `http://127.0.0.1:${port}/elsewhere` }).end('go away')
  })
  expect(await post(`http://127.0.0.1:${port}/`)).toMatchObject({ kind: 'answered', status: 307 })
  expect(visits).toBe(1)
})

describe('a closed network is not connected to', async () => {
  let connections = 0
  const server = createTcpServer((socket) => {
    connections++
    socket.destroy()
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo
  afterAll(() => server.close())
  const refused = { kind: 'silent', fault: 'address-refused' }

  test.each([
    '127.0.0.1',
    '2130706433',
    '0177.1',
    '0x7f000001',
    '[::ffff:127.0.0.1]',
    '[::1]',
    '169.254.169.254',
  ])('named as %s', async (host) => {
    expect(await post(`http://${host}:${port}/`, { guard: strict })).toMatchObject(refused)
    expect(connections).toBe(0)
  })

  test('behind the name localhost', async () => {
    expect(await post(`http://localhost:${port}/`, { guard: strict })).toMatchObject(refused)
    expect(connections).toBe(0)
  })

  test.each([
    ['127.0.0.1'],
    ['::ffff:127.0.0.1'],
    ['1.1.1.1', '10.0.0.1'],
    ['2606:4700::1111', 'fd00::1'],
    ['169.254.169.254'],
  ])('behind a name that resolves to %s %s', async (...addresses) => {
    const outcome = await post(`http://hooks.example:${port}/`, {
      guard: strict,
      resolve: resolvesTo(...addresses),
    })
    expect(outcome).toMatchObject(refused)
    expect(connections).toBe(0)
  })

  test('that a second answer of the resolver names: the checked address is the one connected to', async () => {
    const answers = [['127.0.0.1'], ['127.0.0.2']]
    let questions = 0
    const rebinding: ResolveName = (name) => resolvesTo(...(answers[questions++] ?? []))(name)
    let target = ''
    const good = await receiver((request, response) => {
      target = request.socket.localAddress ?? ''
      response.end('good')
    })
    const guard = createNetworkGuard(['127.0.0.1'])
    expect(await post(`http://hooks.example:${good}/`, { guard, resolve: rebinding })).toMatchObject({
      status: 200,
    })
    expect([questions, target]).toEqual([1, '127.0.0.1'])
    expect(await post(`http://hooks.example:${good}/`, { guard, resolve: rebinding })).toMatchObject(refused)
  })

  test('also when the environment names a proxy', async () => {
    process.env['HTTP_PROXY'] = `http://127.0.0.1:${port}`
    process.env['NODE_USE_ENV_PROXY'] = '1'
    onTestFinished(() => {
      delete process.env['HTTP_PROXY']
      delete process.env['NODE_USE_ENV_PROXY']
    })
    await post('http://hooks.example/', { guard: strict, resolve: resolvesTo('10.0.0.1') })
    expect(connections).toBe(0)
  })
})

describe('no answer', () => {
  test.each([
    [
      'a name that does not exist',
      'name-unknown',
      () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' })),
    ],
    ['a name without addresses', 'name-unknown', resolvesTo()],
    ['a resolver that never answers', 'timeout', () => new Promise<never>(() => undefined)],
  ])('%s: %s', async (_what, fault, resolve) => {
    const outcome = await post('http://hooks.example/', { resolve, timeoutMillis: 300 })
    expect(outcome).toMatchObject({ kind: 'silent', fault })
  })

  test('nobody listens', async () => {
    expect(await post('http://127.0.0.1:1/')).toMatchObject({ kind: 'silent', fault: 'connection-refused' })
  })

  test('the connection is cut', async () => {
    const port = await tcpReceiver((socket) => void socket.once('data', () => socket.destroy()))
    expect(await post(`http://127.0.0.1:${port}/`)).toMatchObject({
      kind: 'silent',
      fault: 'connection-lost',
    })
  })

  test('silence, and an answer that drips, end in time', async () => {
    const silent = await tcpReceiver(() => undefined)
    const dripping = await tcpReceiver((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n')
      const drip = setInterval(() => socket.write('.'), 20)
      socket.once('close', () => clearInterval(drip)).on('error', () => undefined)
    })
    for (const port of [silent, dripping]) {
      const outcome = await post(`http://127.0.0.1:${port}/`, { timeoutMillis: 300 })
      expect(outcome).toMatchObject({ kind: 'silent', fault: 'timeout' })
      expect(outcome.millis).toBeLessThan(10_000)
    }
  })

  test('what speaks no TLS has no certificate', async () => {
    const port = await receiver((_request, response) => response.end())
    expect(await post(`https://127.0.0.1:${port}/`)).toMatchObject({
      kind: 'silent',
      fault: 'certificate-invalid',
    })
  })
})
