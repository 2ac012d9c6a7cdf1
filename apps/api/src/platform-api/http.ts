import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Answer } from '../platform/idempotency.ts'
import { type Refusal, toRefusal } from '../platform/problems.ts'
import { type PlatformAnswer, writeAnswer, writeError } from './codec/answers.ts'
import { answerMedia, bodyMedia, contentTypes, type Media } from './codec/media.ts'
import type { IncomingBody } from './codec/read-body.ts'
import type { Shape } from './codec/shape.ts'

/** Takes bodies as text, whatever they are called: what they are is seen from how they begin. */
export function acceptAnyBody(app: FastifyInstance) {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
  app.addHook('onRequest', async ({ raw }) => {
    const announced = raw.headers['content-type'] ?? ''
    // Fastify refuses a content type that is none before any parser is asked.
    if (!/^[\w.+-]+\/[\w.+-]+\s*(;[\x20-\x7e]*)?$/.test(announced)) {
      raw.headers['content-type'] = 'application/octet-stream'
    }
  })
}

export function bodyOf(request: FastifyRequest): IncomingBody {
  const text = typeof request.body === 'string' ? request.body : ''
  return { text, media: bodyMedia(request, text) }
}

const mediaOf = (request: FastifyRequest): Media => answerMedia(request.headers.accept, bodyOf(request).media)

export function send(
  reply: FastifyReply,
  { of, status = 200, answer }: { of: Shape; status?: number; answer: PlatformAnswer },
) {
  const media = mediaOf(reply.request)
  const etag = answer.kind === 'object' ? answer.value['etag'] : undefined
  if (typeof etag === 'string') void reply.header('etag', etag)
  return reply
    .code(status)
    .headers({ 'content-type': contentTypes[media], 'cache-control': 'no-store' })
    .send(writeAnswer(of, answer, media))
}

/** What a write answered: made now or, for an Idempotency-Key shown again, back then. */
export function sendWritten(reply: FastifyReply, of: Shape, { status, body, etag }: Answer) {
  // write() answers with what the work answered, and that is a refusal's problem or one of these.
  if (status >= 400)
    return sendRefusal(reply, { ...(body as Refusal), status, ...(etag !== undefined && { etag }) })
  return send(reply, { of, status, answer: body as PlatformAnswer })
}

export function sendError(error: FastifyError, request: FastifyRequest, reply: FastifyReply) {
  const refusal = toRefusal(error)
  if (refusal.status >= 500 && refusal.code !== 'rate-limit')
    request.log.error({ err: error }, 'request failed')
  return sendRefusal(reply, refusal)
}

/** What each status of the console's is called here; those not listed stay. */
const statusHere: Readonly<Record<number, number>> = {
  404: 400,
  409: 400,
  413: 400,
  415: 400,
  422: 400,
  // Over the limit is 503 to these clients, who wait and try again.
  429: 503,
}

function sendRefusal(reply: FastifyReply, { status, code, message, details, etag }: Refusal) {
  const media = mediaOf(reply.request)
  const here = code === nothingHere ? 404 : (statusHere[status] ?? status)
  if (etag !== undefined) void reply.header('etag', etag)
  if (here === 503) void reply.header('retry-after', retryAfterOf(details))
  return reply
    .code(here)
    .headers({ 'content-type': contentTypes[media], 'cache-control': 'no-store' })
    .send(writeError(message, media))
}

function retryAfterOf(details: Refusal['details']): string {
  const seconds = details?.['retryAfter']
  return typeof seconds === 'number' ? String(seconds) : '2'
}

/** The code of the one refusal that stays 404: there is no such address. */
export const nothingHere = 'nothing-here'
