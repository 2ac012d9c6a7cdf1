import { forgetIdempotencyKey, idempotencyKeyFor } from './idempotency-key.ts'

/**
 * Sends a draft under the idempotency key that belongs to it until it is known to be done. Trying again after a lost
 * answer uses the same key, so nothing is done twice.
 */
export async function sendOnce<Result>(
  draft: unknown,
  send: (idempotencyKey: string) => Promise<Result>,
): Promise<Result> {
  const result = await send(idempotencyKeyFor(draft))
  forgetIdempotencyKey(draft)
  return result
}
