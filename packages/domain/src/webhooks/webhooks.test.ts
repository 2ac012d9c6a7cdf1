import { describe, expect, test } from 'vitest'
import { planWebhook, type WebhookDraft } from './plan-webhook.ts'
import { judgeAnswer, secondsUntilRetry } from './retry-delivery.ts'

const draft = (changes: Partial<WebhookDraft> = {}): WebhookDraft => ({
  url: 'https://hooks.example/packline',
  description: '',
  events: ['release.released'],
  ...changes,
})
const plan = (changes: Partial<WebhookDraft>, allowsHttp = false) =>
  planWebhook(draft(changes), { allowsHttp })

describe('what is stored', () => {
  test('is the address as it will be called, without what is never sent', () => {
    expect(plan({ url: '  HTTPS://Hooks.Example:443/a b?c=d#here ', description: ' Our\nbot ' })).toEqual({
      kind: 'planned',
      webhook: {
        url: 'https://hooks.example/a%20b?c=d',
        description: 'Our bot',
        events: ['release.released'],
      },
    })
  })

  test('is each event once, in one order', () => {
    const { kind, ...rest } = plan({ events: ['update.applied', 'release.late', 'update.applied'] })
    expect(kind).toBe('planned')
    expect(rest).toMatchObject({ webhook: { events: ['release.late', 'update.applied'] } })
  })

  test.each([
    ['2130706433', '127.0.0.1'],
    ['0177.0.0.1', '127.0.0.1'],
    ['0x7f.1', '127.0.0.1'],
    ['[::ffff:127.0.0.1]', '[::ffff:7f00:1]'],
  ])('has no address in disguise: %s is %s', (host, expected) => {
    expect(plan({ url: `https://${host}/` })).toMatchObject({ webhook: { url: `https://${expected}/` } })
  })
})

test.each([
  [{ url: '' }, 'url-invalid'],
  [{ url: 'hooks.example' }, 'url-invalid'],
  [{ url: 'ftp://hooks.example' }, 'url-invalid'],
  [{ url: 'file:///etc/passwd' }, 'url-invalid'],
  [{ url: 'http://hooks.example' }, 'url-not-https'],
  [{ url: 'https://ada:secret@hooks.example' }, 'url-with-password'],
  [{ url: `https://hooks.example/${'a'.repeat(2_000)}` }, 'url-too-long'],
  [{ description: 'ü'.repeat(256) }, 'description-too-long'],
  [{ events: [] }, 'events-empty'],
])('%j is refused as %s', (changes, reason) => {
  expect(plan(changes)).toEqual({ kind: 'refused', reason })
})

test('without a certificate only where that is allowed', () => {
  expect(plan({ url: 'http://hooks.example' }, true).kind).toBe('planned')
})

describe('retries', () => {
  test('come after longer and longer pauses, at most three hours', () => {
    const pauses = [1, 2, 3, 4, 5, 6, 7, 8, 9, 20].map((attempt) => secondsUntilRetry(attempt, 0.5))
    expect(pauses).toEqual([5, 30, 120, 600, 1_800, 3_600, 7_200, 10_800, 10_800, 10_800])
  })

  test('are spread by a fifth to both sides', () => {
    expect(secondsUntilRetry(4, 0)).toBe(480)
    expect(secondsUntilRetry(4, 0.999_999)).toBeCloseTo(720, 1)
  })

  test('are a dozen within a day', () => {
    let elapsed = 0
    let attempts = 1
    while (elapsed + secondsUntilRetry(attempts, 0.5) <= 24 * 3_600)
      elapsed += secondsUntilRetry(attempts++, 0.5)
    expect(attempts).toBe(14)
  })
})

test.each([
  [200, 'arrived'],
  [204, 'arrived'],
  [299, 'arrived'],
  [301, 'failed'],
  [302, 'failed'],
  [400, 'failed'],
  [404, 'failed'],
  [410, 'gone'],
  [500, 'failed'],
])('%d means %s', (status, expected) => {
  expect(judgeAnswer(status)).toBe(expected)
})
