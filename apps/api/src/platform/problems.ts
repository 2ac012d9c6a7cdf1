import { STATUS_CODES } from 'node:http'
import type { Problem } from '@packline/contract/problem.ts'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors, isResponseSerializationError } from 'fastify-type-provider-zod'
import { databaseOutage, isBusy, isExhausted, isTooSlow, isUnstorableText } from './database-errors.ts'

export type Refusal = {
  status: number
  code: string
  message: string
  fields?: Problem['fields']
  details?: Record<string, unknown>
  /** Of what the caller has an outdated copy. */
  etag?: string
}

/** Thrown where a request cannot go on: not signed in, not allowed, not found. Rules return their reasons instead. */
export class RequestRefused extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.message)
    this.refusal = refusal
  }
}

/** Before anything was done. */
export const overloaded: Refusal = {
  status: 503,
  code: 'overloaded',
  message: 'The server is busy. Nothing was changed; try again in a moment.',
}

/** Ends the request with a refusal. Unknown and foreign objects look alike: 404 with the noun only. */
export const notFound = (noun: string, code = `${noun.replaceAll(' ', '-')}-not-found`) =>
  new RequestRefused({ status: 404, code, message: `There is no such ${noun} in this account.` })

export function problemBody(request: FastifyRequest, { code, message, fields, details }: Refusal): Problem {
  return { code, message, requestId: request.id, ...(fields && { fields }), ...(details && { details }) }
}

/** One error handler for every route: a refusal keeps its words, everything unexpected says no more than its request id. */
export function handleProblems(app: FastifyInstance) {
  app.setNotFoundHandler((request, reply) =>
    send(request, reply, {
      status: 404,
      code: 'route-not-found',
      message: `There is nothing at ${request.method} here.`,
    }),
  )
  app.setErrorHandler(sendProblem)
}

/** Also for what goes wrong before there is a route, such as an address that cannot be decoded. */
export function sendProblem(error: FastifyError, request: FastifyRequest, reply: FastifyReply) {
  const refusal = toRefusal(error)
  if (refusal.status >= 500) request.log.error({ err: error }, 'request failed')
  const seconds = refusal.details?.['retryAfter']
  if (typeof seconds === 'number') void reply.header('retry-after', String(seconds))
  else if (refusal.status === 503) void reply.header('retry-after', '2')
  return send(request, reply, refusal)
}

/** What began as a file, and failed before its first byte, is no file any more. */
const ofAFile = ['content-length', 'content-disposition', 'content-range', 'accept-ranges', 'etag']

function send(request: FastifyRequest, reply: FastifyReply, refusal: Refusal) {
  if (refusal.status >= 500) for (const name of ofAFile) reply.removeHeader(name)
  return reply
    .code(refusal.status)
    .header('cache-control', 'no-store')
    .type('application/json; charset=utf-8')
    .send(problemBody(request, refusal))
}

/** What an error comes to: a refusal's own words, or no more than that something went wrong. */
export function toRefusal(error: FastifyError): Refusal {
  if (error instanceof RequestRefused) return error.refusal
  if (hasZodFastifySchemaValidationErrors(error)) {
    const fields = error.validation.map(({ instancePath, message }) => ({
      path: instancePath.replace(/^\//, '').replaceAll('/', '.'),
      message: message ?? 'is not valid',
    }))
    const first = fields[0]
    const where = first?.path ? `${first.path}: ` : ''
    return {
      status: 400,
      code: 'request-invalid',
      message: `The request is not valid. ${where}${first?.message ?? ''}`.trim(),
      fields,
    }
  }
  if (isResponseSerializationError(error)) return unexpected
  if (databaseOutage(error)) {
    return {
      status: 503,
      code: 'database-unavailable',
      // The answer to a commit may be what got lost.
      message:
        'The database cannot be reached right now. Try again in a moment; whether anything was changed shows then.',
    }
  }
  if (isExhausted(error)) {
    return {
      status: 503,
      code: 'database-full',
      message:
        'The database has no room left to write. Nothing was changed; tell whoever runs this server, and try again later.',
    }
  }
  if (isTooSlow(error)) {
    return {
      status: 503,
      code: 'database-slow',
      message: 'The database took too long to answer. Nothing was changed; try again in a moment.',
    }
  }
  if (isBusy(error)) {
    return {
      status: 503,
      code: 'busy',
      message:
        'Somebody else is changing the same thing right now. Nothing was changed; try again in a moment.',
    }
  }
  if (isUnstorableText(error)) {
    return {
      status: 400,
      code: 'request-invalid',
      message: 'The request has a character that no text can hold, such as NUL. Leave it out.',
    }
  }
  const status = error.statusCode ?? 500
  if (status >= 500)
    return status === 503
      ? {
          ...unexpected,
          status: 503,
          code: 'overloaded',
          message: 'The server is busy. Try again in a moment.',
        }
      : unexpected
  return {
    status,
    code: codes[error.code] ?? kebab(STATUS_CODES[status] ?? 'refused'),
    message: sentences[error.code] ?? error.message,
  }
}

const unexpected: Refusal = {
  status: 500,
  code: 'unexpected',
  message: 'Something went wrong on our side. Nothing was changed. The request id helps us to find out why.',
}

const codes: Record<string, string> = {
  FST_ERR_CTP_INVALID_JSON_BODY: 'json-invalid',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'json-invalid',
  FST_ERR_CTP_BODY_TOO_LARGE: 'body-too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'media-type-unsupported',
  FST_ERR_BAD_URL: 'address-invalid',
}
const sentences: Record<string, string> = {
  FST_ERR_CTP_INVALID_JSON_BODY: 'The body is not valid JSON.',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'The body is empty, but was announced as JSON.',
  FST_ERR_CTP_BODY_TOO_LARGE: 'The body is larger than this route accepts.',
  FST_ERR_BAD_URL: 'This address is not valid.',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'This route does not accept that content type.',
}

const kebab = (text: string) => text.toLowerCase().replaceAll(/[^a-z]+/g, '-')

export const notSignedIn = {
  status: 401,
  code: 'not-signed-in',
  message: 'Your session has ended. Sign in to go on.',
}
