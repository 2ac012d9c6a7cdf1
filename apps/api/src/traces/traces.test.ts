import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { afterAll, expect, test } from 'vitest'
import { z } from 'zod'
import { startPackline } from '../test/processes.ts'
import { createTestDatabase } from '../test/test-database.ts'

// Says which modules of measuring a process loads, before any of its own.
const tellLoaded = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module'
  registerHooks({ resolve(specifier, context, next) {
    if (/^@(opentelemetry|prometheus-io)[/]/.test(specifier)) process.stderr.write('LOADED ' + specifier + ' ')
    return next(specifier, context)
  } })`)}`
const telling = { NODE_OPTIONS: `--import=${tellLoaded}` }

const attribute = z.object({
  key: z.string(),
  value: z.looseObject({ stringValue: z.string().optional(), intValue: z.number().optional() }),
})
const span = z.object({
  name: z.string(),
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  attributes: z.array(attribute),
})
const sent = z.object({
  resourceSpans: z.array(z.object({ scopeSpans: z.array(z.object({ spans: z.array(span) })) })),
})
type SentSpan = z.infer<typeof span>

/** What an OpenTelemetry collector is to those who send: an address that takes spans as JSON. */
async function startCollector() {
  const spans: SentSpan[] = []
  const bodies: string[] = []
  const server = createServer((request, response) => {
    void buffer(request).then((bytes) => {
      const body = bytes.toString()
      bodies.push(body)
      const { resourceSpans } = sent.parse(JSON.parse(body))
      spans.push(...resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)))
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  afterAll(() => server.close())
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, spans, bodies }
}

const valueOf = ({ attributes }: SentSpan, wanted: string) =>
  attributes.find(({ key }) => key === wanted)?.value

test('requests, the statements in them and rounds of jobs are sent, without anything secret', async () => {
  const collector = await startCollector()
  const packline = startPackline({
    DATABASE_URL: await createTestDatabase(),
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    ...telling,
  })
  const address = await packline.ready
  const answer = await fetch(`${address}/api/v1/session`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-packline-request': '1',
      cookie: 'packline=secret-cookie',
    },
    body: JSON.stringify({ email: 'nobody@example.test', password: 'secret-password' }),
  })
  expect(answer.status).toBe(401)
  // What has not been sent yet is sent before it ends.
  packline.child.kill('SIGTERM')
  expect(await packline.exited, packline.output.text).toMatchObject({ code: 0 })
  expect(packline.output.text).toContain('LOADED @opentelemetry/sdk-trace')

  const request = collector.spans.find(({ name }) => name === 'POST /api/v1/session')
  expect(request && valueOf(request, 'http.response.status_code')).toMatchObject({ intValue: 401 })
  expect(request && valueOf(request, 'packline.request.id')?.stringValue).toBe(
    answer.headers.get('x-request-id'),
  )
  const statements = collector.spans.filter(({ parentSpanId }) => parentSpanId === request?.spanId)
  expect(statements.map((one) => valueOf(one, 'db.query.text')?.stringValue).join()).toContain('"User"')
  expect(statements.every(({ traceId }) => traceId === request?.traceId)).toBe(true)

  const round = collector.spans.find(({ name }) => name === 'job releases')
  expect(collector.spans.some(({ parentSpanId }) => parentSpanId === round?.spanId)).toBe(true)
  for (const secret of ['secret-cookie', 'secret-password', 'nobody@example.test'])
    expect(collector.bodies.join()).not.toContain(secret)
}, 60_000)

test('without a collector and without a port for metrics nothing of it is loaded', async () => {
  const packline = startPackline({ DATABASE_URL: await createTestDatabase(), ...telling })
  await packline.ready
  packline.child.kill('SIGTERM')
  await packline.exited
  expect(packline.output.text).not.toContain('LOADED')
}, 60_000)
