import { AsyncResource } from 'node:async_hooks'
import { beginActing } from '@packline/database/acting.ts'
import type { FastifyInstance, FastifyRequest } from 'fastify'

/** Every request begins as nobody's, and reaches no account's rows until a gate has said whose it is. */
export function beginRequests(app: FastifyInstance) {
  const begun = new WeakMap<FastifyRequest, AsyncResource>()
  app.addHook('onRequest', (request, _reply, done) => {
    beginActing(() => {
      begun.set(request, new AsyncResource('request'))
      done()
    })
  })
  // A body arrives by events of its connection, which may have begun with another request.
  app.addHook('preValidation', (request, _reply, done) => {
    begun.get(request)?.runInAsyncScope(done)
  })
}
