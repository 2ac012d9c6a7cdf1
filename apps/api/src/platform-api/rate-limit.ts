import { RequestRefused } from '../platform/problems.ts'

type Bucket = { tokens: number; at: number }
const keptBuckets = 10_000

/**
 * So many requests a second for each key, and a second's worth at once. In the memory of this instance: several
 * instances let through as many times as much.
 */
export function createRateLimit(perSecond: number, clock: () => number = () => performance.now()) {
  const buckets = new Map<string, Bucket>()

  return (key: string): { isAllowed: boolean; retryAfterSeconds: number } => {
    const now = clock()
    const { tokens, at } = buckets.get(key) ?? { tokens: perSecond, at: now }
    const refilled = Math.min(perSecond, tokens + ((now - at) / 1_000) * perSecond)
    const isAllowed = refilled >= 1
    buckets.delete(key)
    buckets.set(key, { tokens: isAllowed ? refilled - 1 : refilled, at: now })
    const oldest = buckets.keys().next().value
    if (buckets.size > keptBuckets && oldest !== undefined) buckets.delete(oldest)
    return {
      isAllowed,
      retryAfterSeconds: isAllowed ? 0 : Math.max(1, Math.ceil((1 - refilled) / perSecond)),
    }
  }
}

export const tooManyRequests = (perSecond: number, seconds: number) =>
  new RequestRefused({
    status: 503,
    code: 'rate-limit',
    message: `This account has made more than ${perSecond} requests in a second. Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`,
    details: { retryAfter: seconds },
  })
