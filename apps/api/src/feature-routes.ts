import type { FastifyInstance } from 'fastify'
import type { Deps } from './platform/deps.ts'

/** Every feature of the console's API. */
export async function featureRoutes(_app: FastifyInstance, _deps: Deps) {}
