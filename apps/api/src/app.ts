import { randomUUID } from 'node:crypto'
import { constants } from 'node:zlib'
import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import rateLimit from '@fastify/rate-limit'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import { atomProtocolBase } from '@packline/contract/atom-protocol.ts'
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import { featureRoutes } from './feature-routes.ts'
import { atomProtocolRoutes } from './features/atom-protocol/atom-protocol.routes.ts'
import { beginRequests } from './platform/acting-requests.ts'
import { guardAtomRoutes } from './platform/atom-gate.ts'
import { answerBrokenRequest } from './platform/broken-requests.ts'
import { closeInSeconds } from './platform/closing.ts'
import type { Deps } from './platform/deps.ts'
import { guardRoutes } from './platform/gate.ts'
import { healthRoutes } from './platform/health.ts'
import { handleProblems, RequestRefused, sendProblem } from './platform/problems.ts'
import { loggedRequest, redactedHeaders } from './platform/request-log.ts'
import { readSessionCookie } from './platform/session-cookie.ts'
import { securityHeaders } from './platform/security-headers.ts'
import { serveWeb } from './platform/serve-web.ts'
import { openApi } from './openapi.ts'
import { platformApiRoutes } from './platform-api/platform-api.routes.ts'

/** Looks on at every request; set up before any route is. */
export type RequestWatch = (app: FastifyInstance) => void

/** Builds the server around what it is given; it does not listen yet. */
export async function buildApp(deps: Deps, watches: readonly RequestWatch[] = []) {
  const app = Fastify({
    logger: {
      level: deps.env.logLevel,
      redact: redactedHeaders,
      serializers: { req: loggedRequest },
    },
    genReqId: () => randomUUID(),
    frameworkErrors: (error, request, reply) => void sendProblem(error, request, reply),
    clientErrorHandler: answerBrokenRequest,
    trustProxy: deps.env.trustedProxies,
    bodyLimit: 1024 * 1024,
    // 25 MB over a slow line take their time.
    requestTimeout: 300_000,
    forceCloseConnections: 'idle',
    // Who still comes through is answered as ever and told to go elsewhere: `closeInSeconds`.
    return503OnClosing: false,
    // Ids of the Platform API that are made of two others have more than the 100 characters of the default.
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 300 },
  }).withTypeProvider<ZodTypeProvider>()
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)

  for (const watch of watches) watch(app)
  handleProblems(app)
  beginRequests(app)
  // The id under which the audit log and the server's own log have what this request did.
  app.addHook('onSend', async (request, reply) => {
    void reply.header('x-request-id', request.id)
  })
  closeInSeconds(app)
  await app.register(cookie)
  // Brotli's own default takes a second for a large list; 5 takes milliseconds for nearly the same size.
  await app.register(compress, {
    threshold: 1_024,
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } },
  })
  await securityHeaders(app, deps.env)
  await app.register(rateLimit, {
    global: true,
    max: 1_200,
    timeWindow: '1 minute',
    // A whole company may come from one address, so who is signed in counts alone; so does each Atom.
    keyGenerator: (request) =>
      request.headers.authorization ?? readSessionCookie(request, deps.env) ?? request.ip,
    allowList: (request) => !request.routeOptions.url?.startsWith('/api/v1') && !isForAtoms(request),
    errorResponseBuilder: (_request, { after }) =>
      new RequestRefused({
        status: 429,
        code: 'too-many-requests',
        message: `Too many requests. Try again in ${after}.`,
      }),
  })
  await app.register(swagger, openApi)
  // The layout without a bar on top: the bar's logo brings styles of its own, which the policy for content refuses.
  await app.register(swaggerUi, { routePrefix: '/api/docs', uiConfig: { layout: 'BaseLayout' } })

  guardRoutes(app, deps)
  guardAtomRoutes(app, deps)
  healthRoutes(app, deps)
  await app.register((api) => featureRoutes(api, deps), { prefix: '/api/v1' })
  await app.register(atomProtocolRoutes(deps), { prefix: atomProtocolBase })
  await app.register(platformApiRoutes(deps))
  await serveWeb(app, deps.env)
  return app
}

const isForAtoms = ({ routeOptions }: FastifyRequest) =>
  routeOptions.url?.startsWith(atomProtocolBase) ?? false
