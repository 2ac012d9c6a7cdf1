import type { Privilege } from '../access/privileges.ts'
import { cleanLine, countCharacters } from '../text/clean-text.ts'

const tokenNameLimit = 100

/** For how many days a token may work; null: until it is revoked. */
export const tokenLifetimes = [7, 30, 90, 365, null] as const
export type TokenLifetime = (typeof tokenLifetimes)[number]

/** Tokens of one user that work; more are a sign that old ones should go. */
export const tokenLimit = 50

export type TokenDraft = {
  name: string
  lifetimeDays: TokenLifetime
  /** Of what the user may do only these; null: all of it. */
  scopes: readonly Privilege[] | null
}

export type CreateTokenRefusal =
  | 'token-name-empty'
  | 'token-name-too-long'
  | 'token-scopes-empty'
  | 'token-scope-not-held'
  | 'too-many-tokens'

export type CreateTokenPlan =
  | { kind: 'planned'; name: string; lifetimeDays: TokenLifetime; scopes: readonly Privilege[] | null }
  | { kind: 'refused'; reason: Exclude<CreateTokenRefusal, 'token-scope-not-held'> }
  | { kind: 'refused'; reason: 'token-scope-not-held'; lacking: readonly Privilege[] }

/**
 * Plans an API token of somebody with these privileges: it is never wider than its user. API Access lets a token in and
 * is no scope to choose: every token has it as long as its user does.
 */
export function planCreateToken(
  draft: TokenDraft,
  { privileges, workingTokens }: { privileges: ReadonlySet<Privilege>; workingTokens: number },
): CreateTokenPlan {
  const name = cleanLine(draft.name)
  if (name === '') return { kind: 'refused', reason: 'token-name-empty' }
  if (countCharacters(name) > tokenNameLimit) return { kind: 'refused', reason: 'token-name-too-long' }
  if (workingTokens >= tokenLimit) return { kind: 'refused', reason: 'too-many-tokens' }

  const { lifetimeDays } = draft
  if (draft.scopes === null) return { kind: 'planned', name, lifetimeDays, scopes: null }
  const scopes = [...new Set(draft.scopes)].filter((scope) => scope !== 'api-access').toSorted()
  if (scopes.length === 0) return { kind: 'refused', reason: 'token-scopes-empty' }
  const lacking = scopes.filter((scope) => !privileges.has(scope))
  if (lacking.length > 0) return { kind: 'refused', reason: 'token-scope-not-held', lacking }
  return { kind: 'planned', name, lifetimeDays, scopes: [...scopes, 'api-access'] }
}
