import { z } from 'zod'
import { accountId, id, instant } from './field.ts'

export const atomType = z.enum(['ATOM', 'MOLECULE', 'CLOUD'])
export const atomStatus = z.enum(['UNKNOWN', 'ONLINE', 'WARNING', 'OFFLINE'])
export type AtomStatusCode = z.infer<typeof atomStatus>

export const atomParams = z.object({ atomId: id })
export const atomNodeParams = z.object({ atomId: id, nodeId: id })

export const atomListItem = z.object({
  id,
  name: z.string(),
  type: atomType,
  status: atomStatus,
  nodeCount: z.number().int(),
  onlineCount: z.number().int(),
  /** An Atom Cloud of another account that serves this one: it can be attached here, not renamed or removed. */
  isForeignCloud: z.boolean(),
})
export type AtomListItem = z.infer<typeof atomListItem>

export const atomNodeView = z.object({
  id,
  name: z.string(),
  status: z.enum(['UNKNOWN', 'ONLINE', 'OFFLINE']),
  agentVersion: z.string(),
  address: z.string(),
  registeredAt: instant,
  lastSeenAt: instant.nullable(),
})

/** An account as the Atom Cloud's owner names it. */
export const servedAccount = z.object({ id: accountId, name: z.string() })
export type ServedAccount = z.infer<typeof servedAccount>

export const atomView = atomListItem.extend({
  environmentId: id.nullable(),
  environmentName: z.string().nullable(),
  /** In an account with legacy deployment: what stands for its environment when packs are attached to it itself. */
  placeId: id.nullable(),
  /** The status in a sentence. */
  sentence: z.string(),
  createdAt: instant,
  createdByName: z.string(),
  /** When the token that was given out last ends; null when it was used, has ended, or none was given out. */
  tokenExpiresAt: instant.nullable(),
  /** The other accounts that an own Atom Cloud serves. */
  servedAccounts: z.array(servedAccount).optional(),
  /** Empty for an Atom Cloud of another account. */
  nodes: z.array(atomNodeView),
})
export type AtomView = z.infer<typeof atomView>

export const addAtomBody = z.strictObject({
  name: z.string().max(10_000),
  type: atomType.default('ATOM'),
  environmentId: id.nullable().default(null),
})
export type AddAtomBody = z.input<typeof addAtomBody>
/** What is left out stays as it is; null takes the Atom out of its environment. */
export const editAtomBody = z.strictObject({
  name: z.string().max(10_000).optional(),
  environmentId: id.nullable().optional(),
})

/** Part of the name or the id of an account. */
export const servableQuery = z.object({ search: z.string().max(255).default('') })
/** Accounts that an Atom Cloud may serve, by name; `isMore` when the search found more than are listed. */
export const servableAccounts = z.object({ accounts: z.array(servedAccount), isMore: z.boolean() })
export type ServableAccounts = z.infer<typeof servableAccounts>

/** All accounts that an Atom Cloud serves from now on, beside its own. */
export const serveAccountsBody = z.strictObject({ accountIds: z.array(accountId).max(1_000) })

/** The one-time token and the command that installs the agent with it. Null when a repeated request is answered again: the token is shown once. */
export const atomToken = z.object({
  token: z.string().nullable(),
  command: z.string().nullable(),
  expiresAt: instant,
})
export type AtomToken = z.infer<typeof atomToken>
export const addedAtom = atomToken.extend({ atom: atomView })
export type AddedAtom = z.infer<typeof addedAtom>
