import { afterEach, expect, test, vi } from 'vitest'
import { forgetIdempotencyKey, idempotencyKeyFor } from './idempotency-key.ts'

afterEach(() => {
  vi.restoreAllMocks()
  sessionStorage.clear()
})

const draft = { packId: 'p1', versions: [{ componentId: 'c1', packageId: 'k1' }] }

test('the same draft keeps its key, another draft has another', () => {
  const key = idempotencyKeyFor(draft)
  expect(idempotencyKeyFor(structuredClone(draft))).toBe(key)
  expect(idempotencyKeyFor({ ...draft, packId: 'p2' })).not.toBe(key)
  expect(key).toMatch(/^[\x21-\x7e]{8,200}$/)
})

test('after success the same draft is a new one', () => {
  const key = idempotencyKeyFor(draft)
  forgetIdempotencyKey(draft)
  expect(idempotencyKeyFor(draft)).not.toBe(key)
})

test('without storage the key lasts until the page is left', () => {
  vi.spyOn(Storage.prototype, 'getItem').mockImplementation(() => {
    throw new DOMException('blocked', 'SecurityError')
  })
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('blocked', 'SecurityError')
  })
  expect(idempotencyKeyFor(draft)).toBe(idempotencyKeyFor(draft))
})
