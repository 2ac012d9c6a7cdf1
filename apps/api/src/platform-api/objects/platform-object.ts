import type { Database, Tx } from '@packline/database/client.ts'
import type { Action } from '@packline/domain/access/actions.ts'
import type { AccountFeature } from '@packline/domain/accounts/features.ts'
import type { Actor } from '../../platform/actor.ts'
import type { HeldRows } from '../../platform/condition.ts'
import type { Deps } from '../../platform/deps.ts'
import type { Refusal } from '../../platform/problems.ts'
import type { Shape, Value, ValueOf } from '../codec/shape.ts'
import type { Row, Source } from '../query/source.views.ts'

/** What a write comes to: an object to be read and answered with, nothing left to show, or a refusal. */
export type Written =
  | { kind: 'saved'; id: string; with?: Value }
  | { kind: 'deleted' }
  | { kind: 'refused'; refusal: Refusal }

export type WriteContext<Body> = {
  tx: Tx
  now: Temporal.Instant
  actor: Actor
  /** As in the address; empty for CREATE. */
  id: string
  body: Body
  /** Is the caller's copy still the current one, by its If-Match? */
  isCurrent: (version: number) => boolean
  /** The whole address of a path of this front, for answers that name one. */
  urlOf: (path: string) => string
  /** Whether there is a mail server to tell people by. */
  hasMail: boolean
}

export type Change<Body> = { action: Action; run: (context: WriteContext<Body>) => Promise<Written> }

export type ReadContext = { db: Database | Tx; actor: Actor; deps: Deps; purpose: 'get' | 'query' }

export type Reading = {
  action: Action
  source: Source
  get: boolean
  query: boolean
  /** What a change locks first, held while an `If-Match` is compared; nothing where the object only comes and goes. */
  rowsOf?: (row: Row, actor: Actor) => readonly HeldRows[]
  /** Completes what the source has found, for all rows together. */
  finish?: (rows: readonly Row[], context: ReadContext) => Promise<readonly Value[]> | readonly Value[]
  /** The status of a GET, where it is not always 200. */
  statusOf?: (value: Value) => number
}

/** An object of the Platform API: what it looks like, what it may be asked for and which use cases that calls. */
export type PlatformObject<S extends Shape = Shape> = {
  shape: S
  /** Account features without which the object is not there. */
  features?: readonly AccountFeature[]
  /** In bytes, where a body may be larger than usual. */
  bodyLimit?: number
  reading?: Reading
  /** Without an id: GET at this path. */
  only?: { path: string; action: Action; read: (context: ReadContext) => Promise<Value> }
  create?: Change<ValueOf<S>>
  update?: Change<ValueOf<S>>
  remove?: Change<undefined>
}

/** Keeps the types of an object's body together with its shape; what comes out is one of many. */
export function platformObject<S extends Shape>(object: PlatformObject<S>): PlatformObject {
  // The routes read a body by this very shape before they hand it on.
  return object as unknown as PlatformObject
}

export const refusedBecause = (refusal: Refusal): Written => ({ kind: 'refused', refusal })
