import { type EndpointName, endpoints } from '@packline/contract/endpoints.ts'
import { NetworkProblem, parseProblem } from './lib/api-problem.ts'

export type Query = Record<string, string | number | boolean | null | undefined>

/** What a write may carry: a key against doing it twice, and the version it was decided on (`"7"`, see `etagOf`). */
export type WriteOptions = { idempotencyKey?: string | undefined; ifMatch?: string | undefined }

export type RequestOptions = WriteOptions & {
  params?: Record<string, string | number>
  query?: Query
  body?: unknown
  signal?: AbortSignal | undefined
}

export type WithETag<Data> = Data & { etag: string | null }

/**
 * Characters of a write that reaches the server also when its page is closed or loaded anew at once: what was clicked
 * is done. Of all writes on their way a browser keeps 64 KiB alive, and refuses what is more.
 */
const longestKeptAlive = 12_000

export const etagOf = (version: number) => `"${version}"`

/** The address of an endpoint, also for links that the browser follows by itself (downloads). */
export function urlOf(name: EndpointName, { params = {}, query = {} }: RequestOptions = {}): string {
  const path = endpoints[name].path.replaceAll(/:(\w+)/g, (_, key: string) => {
    const value = params[key]
    if (value === undefined) throw new Error(`${name} needs the parameter ${key}`)
    return encodeURIComponent(value)
  })
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') search.set(key, String(value))
  }
  return `/api/v1${path}${search.size > 0 ? `?${search.toString()}` : ''}`
}

/** Calls an endpoint. Throws an ApiProblem when refused and a NetworkProblem when no answer came. */
export async function request<Result>(name: EndpointName, options: RequestOptions = {}): Promise<Result> {
  const { text } = await send(name, options)
  // The server's answers are checked against the contract there, before they are sent.
  return (text === '' ? undefined : JSON.parse(text)) as Result
}

export async function requestWithETag<Result extends object>(
  name: EndpointName,
  options: RequestOptions = {},
): Promise<WithETag<Result>> {
  const { text, etag } = await send(name, options)
  return { ...(JSON.parse(text) as Result), etag } // as above
}

async function send(
  name: EndpointName,
  options: RequestOptions,
): Promise<{ text: string; etag: string | null }> {
  const { signal = null } = options
  const { method } = endpoints[name]
  const body = options.body === undefined ? null : JSON.stringify(options.body)
  try {
    const response = await fetch(urlOf(name, options), {
      method,
      credentials: 'same-origin',
      headers: headersOf(options),
      signal,
      body,
      keepalive: method !== 'GET' && (body?.length ?? 0) <= longestKeptAlive,
    })
    const text = await response.text()
    if (!response.ok) throw parseProblem(response.status, text, response.headers.get('x-request-id'))
    return { text, etag: response.headers.get('etag') }
  } catch (error) {
    // fetch reports every way of getting no answer as a TypeError.
    throw error instanceof TypeError ? new NetworkProblem(error) : error
  }
}

export function headersOf({ body, idempotencyKey, ifMatch }: RequestOptions): Record<string, string> {
  return {
    accept: 'application/json',
    'X-Packline-Request': '1',
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...(idempotencyKey !== undefined && { 'Idempotency-Key': idempotencyKey }),
    ...(ifMatch !== undefined && { 'If-Match': ifMatch }),
  }
}
