import { expect, test } from 'vitest'
import fc from 'fast-check'
import { createAccount, createUser } from '../people.ts'
import { sendRaw } from '../raw-socket.ts'
import { createTestApp } from '../test-app.ts'
import { isLeaky } from './leaky-answer.ts'

const mutations = 1_500
const seed = 20_270_303

const app = await createTestApp()
const { port } = new URL(await app.app.listen({ port: 0, host: '127.0.0.1' }))
/** For what the server may never answer, because it waits for the rest. */
const impatient = 300
const send = (bytes: string | Buffer, patienceMillis = 20_000) => sendRaw(Number(port), bytes, patienceMillis)
const password = 'quiet harbour at noon'
const { email } = await createUser(app, { accountIds: [await createAccount(app)], password })

const right = JSON.stringify({ email, password })
/** What must never get past the check of its form: it would reach the database as an object. */
const broken = '{"email":{"contains":"@"},"password":"x"}'

type Parts = { line?: string; headers?: readonly string[]; body?: string; length?: string | null }
const post = ({ line = 'POST /api/v1/session HTTP/1.1', headers = [], body = broken, length }: Parts = {}) =>
  [
    line,
    'Host: 127.0.0.1',
    'X-Packline-Request: 1',
    'Connection: close',
    ...(headers.some((header) => /^content-type/i.test(header)) ? [] : ['Content-Type: application/json']),
    ...(length === null ? [] : [`Content-Length: ${length ?? Buffer.byteLength(body)}`]),
    ...headers,
    '',
    body,
  ].join('\r\n')
const get = (path: string, ...headers: string[]) =>
  [`GET ${path} HTTP/1.1`, 'Host: 127.0.0.1', ...headers, '', ''].join('\r\n')

test('the request as it should be signs in', async () => {
  const { statuses, text } = await send(post({ body: right }))
  expect(statuses, text).toEqual([200])
  expect(text).toContain('packline=')
})

const typed = (type: string) => post({ headers: [`Content-Type:${type}`] })
const chunked = (chunks: string) =>
  post({ length: null, headers: ['Transfer-Encoding: chunked'], body: chunks })

test.each<[string, string]>([
  ['CVE-2026-25223 a tab within Content-Type', typed(' application/json\ta')],
  ['CVE-2026-25223 a tab behind it', typed(' application/json\t')],
  ['CVE-2026-33806 a space before it', typed('   application/json')],
  ['CVE-2026-3419 something behind it', typed(' application/json garbage')],
  ['CVE-2025-32442 another letter case', typed(' ApPlIcAtIoN/JsOn')],
  ['CVE-2025-32442 a space before the parameters', typed(' application/json ; charset=utf-8')],
  ['two content types', post({ headers: ['Content-Type: text/plain', 'Content-Type: application/json'] })],
  ['GHSA-w2qp-rph6-63g4 a number as the whole body', post({ body: '1' })],
  ['GHSA-w2qp-rph6-63g4 a text as the whole body', post({ body: '"email"' })],
  ['something behind the JSON', post({ body: `${right} {}` })],
  ['JSON that was cut off', post({ body: right.slice(0, -3) })],
  ['a hundred thousand brackets', post({ body: '['.repeat(100_000) })],
  [
    'a key twice, the first one right',
    post({ body: `{"email":"${email}","email":1,"password":"${password}"}` }),
  ],
  ['a negative length', post({ length: '-1' })],
  ['a length that is no number', post({ length: '0x10' })],
  ['a length with a sign', post({ length: '+41' })],
  ['two lengths', post({ headers: ['Content-Length: 5'] })],
  ['a list of lengths', post({ length: '41, 5' })],
  ['a length that is too long', post({ length: '4000' })],
  ['a length beyond all numbers', post({ length: '9'.repeat(30) })],
  ['a length and chunks', post({ headers: ['Transfer-Encoding: chunked'] })],
  ['a coding that only sounds like chunks', post({ length: null, headers: ['Transfer-Encoding: xchunked'] })],
  ['a chunk of endless length', chunked(`${'f'.repeat(20)}\r\n${broken}\r\n0\r\n\r\n`)],
  ['a chunk of negative length', chunked(`-1\r\n${broken}\r\n0\r\n\r\n`)],
  ['a chunk without its end', chunked(`29\r\n${broken}`)],
  ['a space before the colon', post({ headers: ['X-One : 1'] })],
  ['a header that goes on in the next line', post({ headers: ['X-One: 1', '\tand more'] })],
  ['a NUL in a header', post({ headers: ['X-One: \0'] })],
  ['a header without a name', post({ headers: [': x'] })],
  ['20 KB of header', post({ headers: [`X-One: ${'x'.repeat(20_000)}`] })],
  ['three thousand headers', post({ headers: Array.from({ length: 3_000 }, (_, at) => `X-${at}: 1`) })],
  ['20 KB of address', get(`/${'x'.repeat(20_000)}`, 'Connection: close')],
  ['no host', 'GET /api/v1/about HTTP/1.1\r\nConnection: close\r\n\r\n'],
  ['a method nobody knows', 'RELEASE /api/v1/session HTTP/1.1\r\nHost: x\r\n\r\n'],
  ['a method in small letters', 'get /api/v1/about HTTP/1.1\r\nHost: x\r\n\r\n'],
  ['TRACE', 'TRACE /api/v1/session HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
  ['CONNECT', 'CONNECT evil.example:443 HTTP/1.1\r\nHost: x\r\n\r\n'],
  ['a version of HTTP to come', 'GET /api/v1/about HTTP/9.9\r\nHost: x\r\n\r\n'],
  ['another protocol', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
  ['an address with a NUL', get('/api/v1/releases/%00', 'Connection: close')],
  ['an address that leads out', get('/assets/..%2f..%2f..%2fetc/passwd', 'Connection: close')],
])('%s gets nowhere', async (_name, bytes) => {
  const { statuses, text } = await send(bytes, impatient)
  expect(
    statuses.every((status) => status >= 400 && status < 500),
    text,
  ).toBe(true)
  expect(text).not.toMatch(/set-cookie|sign-in-refused/i)
  expect(isLeaky(text)).toBe(false)
})

test('what is left of a body that is longer than it says is no request of its own', async () => {
  const hidden = `DELETE /api/v1/session HTTP/1.1\r\nHost: x\r\n\r\n`
  const { statuses } = await send(post({ body: `${right}${hidden}`, length: String(right.length) }))
  // The connection was said to end with the first one.
  expect(statuses).toEqual([400])
})

test('requests sent together are answered one by one and in order', async () => {
  const { statuses, text } = await send(
    get('/api/v1/about') + get('/api/v1/nowhere') + get('/api/v1/about', 'Connection: close'),
  )
  expect(statuses).toEqual([200, 404, 200])
  const ids = [...text.matchAll(/^x-request-id: (\S+)/gm)].map(([, id]) => id)
  expect(new Set(ids).size).toBe(3)
})

test('rubbish behind a request ends the connection', async () => {
  const { statuses } = await send(`${get('/api/v1/about')}${broken}`)
  expect(statuses.at(-1)).toBe(400)
})

test(`${mutations} requests with bytes changed: none fails on our side, and the server goes on`, {
  timeout: 60_000,
}, async () => {
  const starts = [
    post({ body: JSON.stringify({ email: 'nobody@example.test', password: '' }) }),
    chunked(`29\r\n${broken}\r\n0\r\n\r\n`),
    get('/api/v1/about', 'Accept-Encoding: br', 'Connection: close'),
    get('/api/v1/session', 'Cookie: packline=x; packline=y', 'Connection: close'),
    get('/atom/v1/desired?wait=0', `Authorization: Bearer ${'A'.repeat(43)}`, 'Connection: close'),
  ]
  const change = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    how: fc.nat(3),
    byte: fc.nat(255),
  })
  const changed = fc
    .tuple(fc.constantFrom(...starts), fc.array(change, { minLength: 1, maxLength: 4 }))
    .map(([start, changes]) => changes.reduce(mutate, Buffer.from(start, 'latin1')))
  const left = fc.sample(changed, { numRuns: mutations, seed }).values()
  const problems: string[] = []
  const worker = async () => {
    for (const bytes of left) {
      const { statuses, text } = await send(bytes, impatient)
      if (statuses.some((status) => status >= 500) || isLeaky(text))
        problems.push(`${JSON.stringify(bytes.toString('latin1'))} → ${text}`)
    }
  }
  // Most of the time they wait for each other.
  await Promise.all(Array.from({ length: 25 }, worker))
  expect(problems).toEqual([])
  expect((await send(get('/healthz', 'Connection: close'))).statuses).toEqual([200])
})

type Change = { at: number; how: number; byte: number }

/** A byte put in, taken out or replaced, or a piece sent twice. */
function mutate(bytes: Buffer, { at, how, byte }: Change): Buffer {
  const index = Math.floor(at * bytes.length)
  const [before, after] = [bytes.subarray(0, index), bytes.subarray(index)]
  if (how === 0) return Buffer.concat([before, Buffer.from([byte]), after])
  if (how === 1) return Buffer.concat([before, after.subarray(1)])
  if (how === 2) return Buffer.concat([before, Buffer.from([byte]), after.subarray(1)])
  return Buffer.concat([before, after.subarray(0, byte), after])
}
