import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Env } from './env.ts'
import { readSessionCookie } from './session-cookie.ts'

const builtWeb = join(import.meta.dirname, '../../../web/dist')

/**
 * Serves the built web app from the same origin; every page address answers with its shell. Whoever has a session gets
 * the one that names what every screen needs, and with it the names of what this screen needs: all of it comes at once.
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
  const sendShell = (request: FastifyRequest, reply: FastifyReply, links?: string) => {
    const isSignedIn = readSessionCookie(request, env) !== undefined
    if (isSignedIn && links !== undefined) reply.header('link', links)
    return reply.header('vary', 'cookie').sendFile(isSignedIn ? 'signed-in.html' : 'index.html')
  }
  for (const [pattern, links] of linksOfScreens()) {
    app.get(pattern, { schema: { hide: true } }, (request, reply) => sendShell(request, reply, links))
  }
  app.get('/*', { schema: { hide: true } }, (request, reply) => {
    // A tab that is older than this build asks for scripts that are gone: the shell would be no answer to that.
    if (/^\/(api|atom|assets)\//.test(request.url)) return reply.callNotFound()
    return sendShell(request, reply)
  })
}

const screenFiles = z.array(z.object({ pattern: z.string(), scripts: z.array(z.string()) }))

/**
 * For each address of a screen a Link header with what it loads, as the build has written it down. A browser asks for
 * these before it reads the page, and for few at a time: what is done while the rest is on its way, the session, which the
 * server has to look up, and the large scripts that the page itself names come first.
 */
function linksOfScreens(): ReadonlyMap<string, string> {
  const page = readFileSync(join(builtWeb, 'signed-in.html'), 'utf8')
  const screens = screenFiles.parse(JSON.parse(readFileSync(join(builtWeb, '.build/screens.json'), 'utf8')))
  const inPage = (form: RegExp) => [...page.matchAll(form)].map(([, address = '']) => address)
  const named = inPage(/"(\/assets\/[^"]+\.js)"/g)
  const first = [
    ...inPage(/<script src="([^"]+)"/g).map((file) => `<${file}>; rel=preload; as=script`),
    ...inPage(/as="fetch" crossorigin href="([^"]+)"/g).map(
      (address) => `<${address}>; rel=preload; as=fetch; crossorigin`,
    ),
  ]
  return new Map(
    screens.map(({ pattern, scripts }) => [
      pattern,
      [
        ...first,
        ...new Set([...named, ...scripts])
          .values()
          .map((file) => `<${file}>; rel=modulepreload; crossorigin`),
      ].join(', '),
    ]),
  )
}
