import { describe, expect, test } from 'vitest'
import type { Privilege } from '../access/privileges.ts'
import { planCreateToken, type TokenDraft, tokenLimit } from './plan-create-token.ts'

const privileges = new Set<Privilege>(['api-access', 'integration-pack', 'atom-management'])
const plan = (change: Partial<TokenDraft>, workingTokens = 0) =>
  planCreateToken(
    { name: 'Nightly', lifetimeDays: 30, scopes: null, ...change },
    { privileges, workingTokens },
  )

describe('an API token', () => {
  test('without scopes does what its user may do', () => {
    expect(plan({ name: '  Nightly\u0007 ' })).toEqual({
      kind: 'planned',
      name: 'Nightly',
      lifetimeDays: 30,
      scopes: null,
    })
  })

  test('with scopes keeps API Access, without which it would do nothing', () => {
    expect(plan({ scopes: ['integration-pack', 'integration-pack'] })).toMatchObject({
      scopes: ['integration-pack', 'api-access'],
    })
  })

  test('is never wider than its user', () => {
    expect(plan({ scopes: ['integration-pack', 'user-management', 'execute'] })).toEqual({
      kind: 'refused',
      reason: 'token-scope-not-held',
      lacking: ['execute', 'user-management'],
    })
  })

  test.each([
    [{ name: ' \t\n ' }, 'token-name-empty'],
    [{ name: 'ü'.repeat(101) }, 'token-name-too-long'],
    [{ scopes: [] }, 'token-scopes-empty'],
    [{ scopes: ['api-access'] as const }, 'token-scopes-empty'],
  ])('%j is refused', (change, reason) => {
    expect(plan(change)).toEqual({ kind: 'refused', reason })
  })

  test('a name of 100 characters is none too many; one token too many is refused', () => {
    expect(plan({ name: '🍎'.repeat(100) }).kind).toBe('planned')
    expect(plan({}, tokenLimit - 1).kind).toBe('planned')
    expect(plan({}, tokenLimit)).toEqual({ kind: 'refused', reason: 'too-many-tokens' })
  })
})
