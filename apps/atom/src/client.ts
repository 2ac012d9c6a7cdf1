import {
  atomEndpoints,
  atomProtocolBase,
  type DesiredState,
  desiredState,
  longestWait,
  type RegistrationBody,
  type RegistrationView,
  registrationView,
  type ReportBody,
  rotationView,
} from '@packline/contract/atom-protocol.ts'
import { z } from 'zod'
import { withDeadline } from './deadline.ts'
import { codeOf } from './durable-files.ts'

/** The server said no, with its own code and sentence. */
export class Refused extends Error {
  readonly status: number
  readonly code: string
  readonly retryAfterMillis: number | undefined
  constructor(status: number, code: string, message: string, retryAfterMillis?: number) {
    super(message)
    this.status = status
    this.code = code
    this.retryAfterMillis = retryAfterMillis
  }
}

/** No answer, or none that could be understood: the network, a server that starts again, a proxy in between. */
export class Unreachable extends Error {}

/** True when trying again later may help. */
export const isPassing = (error: unknown): boolean =>
  error instanceof Unreachable || (error instanceof Refused && (error.status >= 500 || error.status === 429))

export type Client = ReturnType<typeof createClient>

const answerLimit = 15_000
/** How long a download may be silent. */
const silenceLimit = 30_000

const problem = z.object({ code: z.string(), message: z.string() })

type Call = {
  method: string
  path: string
  credential?: string
  body?: unknown
  headers?: Record<string, string>
  timeLimit?: number
}

/** The four calls of an Atom. Redirects are errors: the credential goes to the server it was made for. */
export function createClient(url: string) {
  async function call<T>(
    { method, path, credential, body, headers, timeLimit = answerLimit }: Call,
    outer: AbortSignal,
    read: (response: Response, stillAlive: () => void) => Promise<T>,
  ): Promise<T> {
    return withDeadline(outer, timeLimit, async (signal, stillAlive) => {
      const response = await orUnreachable(
        fetch(`${url}${atomProtocolBase}${path}`, {
          method,
          redirect: 'error',
          signal,
          headers: {
            ...(credential !== undefined && { authorization: `Bearer ${credential}` }),
            ...(body !== undefined && { 'content-type': 'application/json' }),
            ...headers,
          },
          ...(body !== undefined && { body: JSON.stringify(body) }),
        }),
      )
      if (response.ok) return read(response, stillAlive)
      throw await refusalOf(response)
    })
  }

  const json =
    <T>(shape: z.ZodType<T>) =>
    async (response: Response): Promise<T> => {
      const parsed = shape.safeParse(await orUnreachable(response.json()))
      if (parsed.success) return parsed.data
      throw new Unreachable(`The server's answer is not understood: ${z.prettifyError(parsed.error)}`)
    }

  return {
    register: (body: RegistrationBody, signal: AbortSignal): Promise<RegistrationView> =>
      call({ ...atomEndpoints.register, body }, signal, json(registrationView)),

    rotate: (credential: string, next: string, signal: AbortSignal) =>
      call(
        { ...atomEndpoints.rotateCredential, credential, body: { credential: next } },
        signal,
        json(rotationView),
      ),

    /** What to run, as soon as it differs from `after`; undefined when nothing changed for a while. */
    desired: (
      credential: string,
      after: string | undefined,
      signal: AbortSignal,
    ): Promise<DesiredState | undefined> => {
      const query = new URLSearchParams({ wait: String(longestWait), ...(after !== undefined && { after }) })
      return call(
        {
          ...atomEndpoints.getDesired,
          path: `${atomEndpoints.getDesired.path}?${query.toString()}`,
          credential,
          timeLimit: longestWait * 1_000 + answerLimit,
        },
        signal,
        async (response) => (response.status === 204 ? undefined : json(desiredState)(response)),
      )
    },

    report: (credential: string, body: ReportBody, signal: AbortSignal) =>
      call(
        { ...atomEndpoints.report, credential, body },
        signal,
        async (response) => void (await orUnreachable(response.text())),
      ),

    /** Hands the bytes of a package on, from the given one, together with whether they begin there or at 0. */
    download: (
      credential: string,
      { packageId, sha256, from }: { packageId: string; sha256: string; from: number },
      signal: AbortSignal,
      take: (start: number, chunks: AsyncIterable<Uint8Array>) => Promise<void>,
    ) =>
      call(
        {
          method: atomEndpoints.downloadPackage.method,
          path: atomEndpoints.downloadPackage.path.replace(':packageId', packageId),
          credential,
          timeLimit: silenceLimit,
          headers: from > 0 ? { range: `bytes=${from}-`, 'if-range': `"${sha256}"` } : {},
        },
        signal,
        (response, stillAlive) => take(response.status === 206 ? from : 0, chunksOf(response, stillAlive)),
      ),
  }
}

async function* chunksOf({ body }: Response, stillAlive: () => void): AsyncGenerator<Uint8Array> {
  if (body === null) return
  try {
    for await (const chunk of body) {
      stillAlive()
      yield chunk
    }
  } catch (error) {
    // Only what the network does ends up here; a fault of the taker ends the loop from outside.
    throw unreachable(error)
  }
}

async function refusalOf(response: Response): Promise<Refused> {
  const parsed = problem.safeParse(await response.json().catch(() => undefined))
  const { code, message } = parsed.success
    ? parsed.data
    : { code: 'unexpected-answer', message: `The server answered ${response.status}.` }
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  return new Refused(response.status, code, message, Number.isFinite(seconds) ? seconds * 1_000 : undefined)
}

const orUnreachable = <T>(answer: Promise<T>): Promise<T> =>
  answer.catch((error: unknown) => {
    throw unreachable(error)
  })

function unreachable(error: unknown) {
  const why = codeOf(error) ?? (error instanceof Error ? error.message : String(error))
  return new Unreachable(`The server cannot be reached: ${why}.`, { cause: error })
}
