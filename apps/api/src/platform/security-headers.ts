import helmet from '@fastify/helmet'
import type { FastifyInstance } from 'fastify'
import { type Env, isOverHttps } from './env.ts'

/** Only this origin, no inline scripts or styles, no framing. HSTS where the product is served over HTTPS. */
export async function securityHeaders(app: FastifyInstance, env: Env) {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    hsts: isOverHttps(env) ? { maxAge: 63_072_000, includeSubDomains: true } : false,
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginEmbedderPolicy: false,
    frameguard: { action: 'deny' },
  })

  // What an account may see stays out of every cache, the browser's own included.
  app.addHook('onSend', async (request, reply) => {
    const isApi = /^\/(api|atom)\/v1/.test(request.routeOptions.url ?? '')
    if (isApi && !reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store')
  })
}
