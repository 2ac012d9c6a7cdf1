import type { FastifyRequest } from 'fastify'
import type { Env } from './env.ts'
import { RequestRefused } from './problems.ts'

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses writes that another site makes a browser send. Three walls beside the SameSite cookie: the browser's own word
 * on where the request comes from, the Origin header, and a header that no form and no simple request can carry.
 */
export function refuseCrossSite(request: FastifyRequest, env: Env, { isScript }: { isScript: boolean }) {
  if (safeMethods.has(request.method)) return
  const { origin, 'sec-fetch-site': fetchSite, 'x-packline-request': marker } = request.headers

  const isForeign =
    (fetchSite !== undefined && fetchSite !== 'same-origin' && fetchSite !== 'none') ||
    (origin !== undefined && !isOwnOrigin(origin, request, env)) ||
    // Nobody's browser adds an API token by itself.
    (marker === undefined && !isScript)
  if (!isForeign) return
  throw new RequestRefused({
    status: 403,
    code: 'cross-site-request',
    message:
      'This request does not come from Packline itself. Scripts send the header X-Packline-Request: 1.',
  })
}

function isOwnOrigin(origin: string, request: FastifyRequest, env: Env) {
  if (env.publicUrl) return origin === new URL(env.publicUrl).origin
  return URL.parse(origin)?.host === request.headers.host
}
