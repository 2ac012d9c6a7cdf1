import type { FastifyReply } from 'fastify'
import type { Answer } from './idempotency.ts'

/** Sends what a write answered, with the ETag of what it changed. */
export function sendAnswer(reply: FastifyReply, { status, body, etag }: Answer) {
  if (etag !== undefined) void reply.header('etag', etag)
  return reply.code(status).send(body)
}
