import type { FastifyInstance, FastifyRequest } from 'fastify'
import { RequestRefused } from './problems.ts'

type Limit = {
  max: number
  timeWindow: '1 minute' | '1 hour'
  /** What is counted together. */
  keyOf: (request: FastifyRequest) => string
  code: string
  /** What there was too much of, as the beginning of a sentence. */
  tooMany: string
}

/** Refuses what comes too often, after the gate has let it through and its body is read. */
export function limitRequests(app: FastifyInstance, { max, timeWindow, keyOf, code, tooMany }: Limit) {
  const check = app.createRateLimit({ max, timeWindow, keyGenerator: keyOf })
  return async (request: FastifyRequest) => {
    const limit = await check(request)
    if (limit.isAllowed || !limit.isExceeded) return
    throw new RequestRefused({
      status: 429,
      code,
      message: `${tooMany}. Try again in ${waitingTime(limit.ttlInSeconds)}.`,
    })
  }
}

const waitingTime = (seconds: number) =>
  seconds <= 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`
