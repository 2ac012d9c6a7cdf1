import type { FastifyInstance } from 'fastify'

/**
 * After so long, whoever still downloads or does not read is cut off; an Atom goes on from there elsewhere. So is work that
 * is not done: like that of an instance that dies, it is done again by another.
 */
export const patienceMillis = 8_000

/**
 * Lets the server close in seconds: answers to what was under way end their connections, which otherwise stay open for
 * the next request for as long as idle ones may.
 */
export function closeInSeconds(app: FastifyInstance) {
  let isClosing = false
  app.addHook('preClose', () => {
    isClosing = true
    setTimeout(() => app.server.closeAllConnections(), patienceMillis).unref()
  })
  app.addHook('onSend', async (_request, reply) => {
    if (isClosing) void reply.header('connection', 'close')
  })
}
