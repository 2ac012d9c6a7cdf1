import { type Privilege, privilegeTable } from '@packline/domain/access/privileges.ts'
import { type CreateTokenRefusal, tokenLimit } from '@packline/domain/api-tokens/plan-create-token.ts'

type TokenRefusal = Exclude<CreateTokenRefusal, 'token-scope-not-held'> | 'token-scope-unknown'

export const tokenRefusals: Record<TokenRefusal, { status: number; message: string }> = {
  'token-name-empty': { status: 422, message: 'Give the token a name that tells later what it is for.' },
  'token-name-too-long': { status: 422, message: 'The name of a token has at most 100 characters.' },
  'token-scopes-empty': {
    status: 422,
    message: 'Choose at least one privilege for the token, or let it do whatever you may do.',
  },
  'token-scope-unknown': {
    status: 422,
    message: 'One of the scopes is not the name of a privilege. Use names such as integration-pack.',
  },
  'too-many-tokens': {
    status: 409,
    message: `You have ${tokenLimit} tokens that work. Revoke one that is not used any more first.`,
  },
}

/** A token is never wider than its user, and says so by name. */
export const scopeNotHeld = (lacking: readonly Privilege[]) => {
  const names = lacking.map((privilege) => privilegeTable[privilege].label).join(', ')
  return {
    status: 422,
    code: 'token-scope-not-held',
    message: `A token cannot do more than you may yourself in this account: ${names}. Leave that out.`,
  }
}

export const tokenChanged = {
  code: 'token-changed',
  message: 'This API token is not the one you have seen. Nothing was changed: look at your tokens again.',
}
