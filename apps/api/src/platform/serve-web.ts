import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import type { Env } from './env.ts'
import { readSessionCookie } from './session-cookie.ts'

const builtWeb = join(import.meta.dirname, '../../../web/dist')

/**
 * Serves the built web app from the same origin; every page address answers with its shell. Whoever has a session gets
 * the one that names what every screen needs.
 */
export async function serveWeb(app: FastifyInstance, env: Env) {
  if (!existsSync(join(builtWeb, 'index.html'))) return
  await app.register(fastifyStatic, {
    root: builtWeb,
    wildcard: false,
    index: false,
    // The build has put a Brotli of each beside it.
    preCompressed: true,
    globIgnore: ['**/*.br'],
    setHeaders: (reply, path) => {
      const isHashed = path.includes('/assets/')
      reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  app.get('/*', { schema: { hide: true } }, (request, reply) => {
    // A tab that is older than this build asks for scripts that are gone: the shell would be no answer to that.
    if (/^\/(api|atom|assets)\//.test(request.url)) return reply.callNotFound()
    const isSignedIn = readSessionCookie(request, env) !== undefined
    return reply.header('vary', 'cookie').sendFile(isSignedIn ? 'signed-in.html' : 'index.html')
  })
}
