import { lookup } from 'node:dns/promises'
import {
  type ClientRequest,
  type IncomingMessage,
  Agent as HttpAgent,
  request as httpRequest,
} from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { callbackify } from 'node:util'
import type { NetworkGuard } from './network-guard.ts'

export type OutsideCall = {
  url: string
  headers: Record<string, string>
  body: string
  guard: NetworkGuard
  /** All addresses of a name; the system's own resolver unless a test says otherwise. */
  resolve?: ResolveName
  timeoutMillis?: number
}

export type ResolveName = (hostname: string) => Promise<{ address: string; family: number }[]>

/** Why there was no answer. What a name resolves to or which network refused is nobody's business outside. */
export type OutsideFault =
  | 'address-refused'
  | 'name-unknown'
  | 'connection-refused'
  | 'certificate-invalid'
  | 'timeout'
  | 'connection-lost'

export type OutsideOutcome =
  | { kind: 'answered'; status: number; answer: string; millis: number }
  | { kind: 'silent'; fault: OutsideFault; millis: number }

const answerBytes = 1_024
const patienceMillis = 10_000
/** The lookup is asked for all addresses, whatever this process was started with. */
const agentOptions = { keepAlive: false, autoSelectFamily: true }

/**
 * Posts to an address that somebody outside has named. Whatever the name resolves to is checked, and the connection goes
 * to the very addresses that were checked; redirects are not followed, no proxy of the environment is used, no
 * connection is kept, and of the answer no more than its beginning is read.
 */
export async function postOutside(call: OutsideCall): Promise<OutsideOutcome> {
  const startedAt = performance.now()
  const millis = () => Math.round(performance.now() - startedAt)
  try {
    const { status, answer } = await post(call)
    return { kind: 'answered', status, answer, millis: millis() }
  } catch (error) {
    return { kind: 'silent', fault: faultOf(error), millis: millis() }
  }
}

function post({ url: text, headers, body, guard, ...options }: OutsideCall) {
  const { resolve = resolveBySystem, timeoutMillis = patienceMillis } = options
  const url = new URL(text)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  // Nothing is looked up for an address that is written as one.
  if (isIP(host) !== 0 && !guard(host)) return Promise.reject(new Refused())

  return new Promise<{ status: number; answer: string }>((answered, failed) => {
    const isSecure = url.protocol === 'https:'
    const agent = isSecure ? new HttpsAgent(agentOptions) : new HttpAgent(agentOptions)
    const request: ClientRequest = (isSecure ? httpsRequest : httpRequest)(url, {
      method: 'POST',
      agent,
      lookup: guardedLookup(guard, resolve),
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
    })
    // From the first question to the resolver to the last byte, however slowly they drip.
    const timer = setTimeout(() => request.destroy(new TimedOut()), timeoutMillis)
    request.once('socket', (socket) =>
      socket.once('connect', () => {
        if (socket.remoteAddress === undefined || !guard(socket.remoteAddress)) request.destroy(new Refused())
      }),
    )
    request.once('error', failed)
    request.once('close', () => {
      clearTimeout(timer)
      failed(new Error('closed without an answer'))
    })
    request.once('response', (response) => {
      readStart(response).then((answer) => {
        answered({ status: response.statusCode ?? 0, answer })
        request.destroy()
      }, failed)
    })
    request.end(body)
  })
}

/** The lookup of a connection: refuses the name when any of its addresses is refused, and hands on only what it checked. */
function guardedLookup(guard: NetworkGuard, resolve: ResolveName): LookupFunction {
  const lookUp = callbackify(async (hostname: string) => {
    const addresses = await resolve(hostname)
    if (addresses.length === 0) throw new UnknownName()
    if (!addresses.every(({ address }) => guard(address))) throw new Refused()
    return addresses
  })
  return (hostname, _options, callback) => lookUp(hostname, (error, addresses) => callback(error, addresses))
}

const resolveBySystem: ResolveName = (hostname) => lookup(hostname, { all: true })

async function readStart(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  // A response without an encoding yields buffers.
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    length += chunk.length
    if (length >= answerBytes) break
  }
  return Buffer.concat(chunks).subarray(0, answerBytes).toString('utf8')
}

class Refused extends Error {}
class TimedOut extends Error {}
class UnknownName extends Error {}

function faultOf(error: unknown): OutsideFault {
  if (error instanceof Refused) return 'address-refused'
  if (error instanceof TimedOut) return 'timeout'
  if (error instanceof UnknownName) return 'name-unknown'
  if (error instanceof AggregateError) return faultOf(error.errors[0])
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (/^(ENOTFOUND|EAI_)/.test(code)) return 'name-unknown'
  if (/^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH)$/.test(code)) return 'connection-refused'
  if (/CERT|SIGNATURE|ISSUER|^ERR_TLS|^ERR_SSL|^EPROTO$/.test(code)) return 'certificate-invalid'
  return code === 'ETIMEDOUT' ? 'timeout' : 'connection-lost'
}
