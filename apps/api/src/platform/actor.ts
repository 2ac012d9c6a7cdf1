import type { Action } from '@packline/domain/access/actions.ts'
import type { Privilege } from '@packline/domain/access/privileges.ts'
import type { AccountFeature } from '@packline/domain/accounts/features.ts'
import type { RoleHolder } from '@packline/domain/environments/why-closed.ts'

declare const authorised: unique symbol
/** An account id that only the gate hands out, after it has checked the privilege: queries of tenant data ask for it. */
export type AccountScope = string & { readonly [authorised]: true }

/** Who acts, in which account, through what. */
export type Actor = {
  userId: string
  name: string
  /** The browser's session or the API token by which they act. */
  through:
    | { kind: 'session'; sessionId: string; isVouched: boolean }
    | { kind: 'token'; tokenId: string }
    | { kind: 'password' }
  /** More than a password stands behind it: two-step sign-in, or single sign-on. */
  hasSecondFactor: boolean
  accountId: AccountScope
  privileges: ReadonlySet<Privilege>
  features: ReadonlySet<AccountFeature>
  /** As a user of the account itself; otherwise through an account group of its primary account. */
  isDirect: boolean
  /** The roles in the account they came by, which open the environments that are kept to roles. */
  holder: RoleHolder
  /** As saved in User Information; null until the user has chosen one. */
  timeZone: string | null
  source: 'UI' | 'API'
  requestId: string
}

/** Somebody at a signed-in browser, who may not yet have chosen an account. */
export type SignedIn = Omit<
  Actor,
  'accountId' | 'privileges' | 'features' | 'isDirect' | 'holder' | 'through' | 'source' | 'hasSecondFactor'
> & {
  sessionId: string
}

declare const connected: unique symbol
/** An Atom's id that only its gate hands out, for the node whose credential was shown. */
export type AtomScope = string & { readonly [connected]: true }

/** A node of an Atom that calls with its own credential: it sees what its Atom's environments run, and nothing else. */
export type AtomActor = {
  nodeId: string
  nodeName: string
  atomId: AtomScope
  atomName: string
  accountId: string
  requestId: string
}

/** What a route asks for: an action of the access table, any signed-in user, an Atom's credential, or nothing. */
export type Access = Action | 'signed-in' | 'atom' | 'public'
