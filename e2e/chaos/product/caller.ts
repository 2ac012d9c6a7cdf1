import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { type EndpointName, endpoints } from '@packline/contract/endpoints.ts'
import type { Recorder, RequestEntry } from '../history.ts'
import type { Random } from '../random.ts'
import type { Fleet, Instance } from './instances.ts'

export type Ask = {
  params?: Record<string, string>
  query?: Record<string, string>
  body?: unknown
  /** The Idempotency-Key; a write that is asked for with patience has one anyway. */
  key?: string
  headers?: Record<string, string>
  /** Which instance, instead of any. */
  instance?: Instance
  /** After so many milliseconds the client is gone, whatever the server does. */
  givesUpAfter?: number
  /** For so many milliseconds a patient client tries again. */
  patience?: number
}

export type Reply = RequestEntry['outcome']
export type Answered = Extract<Reply, { kind: 'answered' }>

export type Person = { userId: string; accountId: string; cookie: string }

type World = { fleet: Fleet; history: Recorder; random: Random; row: string }

/** Somebody's browser: what it asks for and hears goes into the history. */
export function createCaller({ fleet, history, random, row }: World, person: Person) {
  /** Once, to one instance; an answer or nothing. */
  async function send(name: EndpointName, options: Ask = {}): Promise<Reply> {
    const { method, path: pattern } = endpoints[name]
    const { params = {}, query, body, key, headers, givesUpAfter = 15_000 } = options
    const filled = pattern.replaceAll(/:(\w+)/g, (_, one: string) => encodeURIComponent(params[one] ?? ''))
    const path = query ? `${filled}?${new URLSearchParams(query).toString()}` : filled
    const address = (options.instance ?? fleet.pick(random))?.address
    const sentAt = history.now()
    const outcome = await fetchOnce(`${address}/api/v1${path}`, {
      method,
      headers: {
        'x-packline-request': '1',
        cookie: person.cookie,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(key !== undefined && { 'idempotency-key': key }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      signal: AbortSignal.timeout(givesUpAfter),
    })
    const { userId, accountId } = person
    const asked = {
      userId,
      accountId,
      name,
      method,
      path,
      params,
      ...(key && { key }),
      ...(body !== undefined && { body }),
    }
    history.record({ kind: 'request', row, sentAt, endedAt: history.now(), ...asked, outcome })
    return outcome
  }

  /**
   * As a person behind a patient client: when no answer came, or the product asks to try again, the same request is sent
   * again under the same key until there is one. Throws when there is none within 40 seconds, or the patience given.
   */
  async function ask(name: EndpointName, options: Ask = {}): Promise<Answered> {
    const patient = endpoints[name].method === 'GET' ? options : { key: randomUUID(), ...options }
    const { patience = 40_000 } = options
    const deadline = history.now() + patience
    for (let attempt = 1; history.now() < deadline; attempt += 1) {
      const outcome = await send(name, patient)
      if (outcome.kind === 'answered' && outcome.status !== 503 && outcome.status !== 429) return outcome
      await wait(Math.min(50 * attempt, patience / 80) + random.between(0, 50))
    }
    throw new Error(`Nobody answered ${name} within ${patience / 1_000} seconds`)
  }

  /** What an answer with success holds; anything else is a mistake of the row. */
  async function get<Result>(name: EndpointName, options: Ask = {}): Promise<Result> {
    const { status, text } = await ask(name, options)
    if (status >= 300) throw new Error(`${name} answered ${status}: ${text}`)
    return (text === '' ? undefined : JSON.parse(text)) as Result
  }

  return { ...person, send, ask, get }
}

export type Caller = ReturnType<typeof createCaller>

async function fetchOnce(url: string, init: RequestInit): Promise<Reply> {
  try {
    const response = await fetch(url, init)
    const text = await response.text()
    const requestId = response.headers.get('x-request-id')
    const retryAfter = response.headers.get('retry-after')
    return {
      kind: 'answered',
      status: response.status,
      text,
      ...(requestId !== null && { requestId }),
      ...(retryAfter !== null && { retryAfter }),
    }
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : ''
    return { kind: 'unknown', why: `${String(error)} ${cause}`.trim() }
  }
}
