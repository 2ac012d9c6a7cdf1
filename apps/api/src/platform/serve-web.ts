import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

const builtWeb = join(import.meta.dirname, '../../../web/dist')

/** Serves the built web app from the same origin; every page address answers with its shell. */
export async function serveWeb(app: FastifyInstance) {
  if (!existsSync(join(builtWeb, 'index.html'))) return
  await app.register(fastifyStatic, {
    root: builtWeb,
    wildcard: false,
    setHeaders: (reply, path) => {
      const isHashed = path.includes('/assets/')
      reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  app.get('/*', { schema: { hide: true } }, (request, reply) =>
    // A tab that is older than this build asks for scripts that are gone: the shell would be no answer to that.
    /^\/(api|atom|assets)\//.test(request.url) ? reply.callNotFound() : reply.sendFile('index.html'),
  )
}
