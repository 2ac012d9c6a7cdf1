import { z } from 'zod'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { RequestRefused } from './problems.ts'

const withEmail = z.object({ email: z.string() })

/**
 * Slows down guessing before any password is hashed: few attempts for one user from one address, and not many for all
 * users from that address together. The lock after bad sign-ins stands behind it and works across addresses.
 */
export function limitSignIns(app: FastifyInstance) {
  const perUser = app.createRateLimit({
    max: 30,
    timeWindow: '1 minute',
    keyGenerator: (request: FastifyRequest) => `${request.ip} ${emailOf(request)}`,
  })
  const perAddress = app.createRateLimit({
    max: 200,
    timeWindow: '1 minute',
    keyGenerator: (request: FastifyRequest) => request.ip,
  })
  return async (request: FastifyRequest) => {
    for (const limit of [await perAddress(request), await perUser(request)]) {
      if (limit.isAllowed || !limit.isExceeded) continue
      throw new RequestRefused({
        status: 429,
        code: 'too-many-sign-ins',
        message: `Too many sign-ins from your network. Try again in ${limit.ttlInSeconds} seconds.`,
      })
    }
  }
}

function emailOf(request: FastifyRequest) {
  const body = withEmail.safeParse(request.body)
  return body.success ? body.data.email.trim().toLowerCase() : ''
}
