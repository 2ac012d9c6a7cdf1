import { z } from 'zod'
import { atomType } from './atoms.ts'
import { accountId, id, instant, pageSize } from './field.ts'

/**
 * How far one Atom is with a release, each row in exactly one state. `awaiting-release`: the release has not reached the
 * environment yet. `waiting` to `failed`: the delivery to the Atom. `suspended`: the same in an account that is
 * suspended, where nothing moves. `no-atom`: nobody in the environment can run it. `not-heard-from`: the Atom has said
 * nothing of this release. `superseded`: the environment has gone on to another release or was detached.
 */
export const rolloutState = z.enum([
  'awaiting-release',
  'waiting',
  'downloading',
  'active',
  'failed',
  'suspended',
  'no-atom',
  'not-heard-from',
  'superseded',
])
export type RolloutState = z.infer<typeof rolloutState>

/** `applied-early` is no state: who applied the release before its date is as far with it as the Atom says. */
export const rolloutFilter = z.enum([...rolloutState.options, 'applied-early'])
export type RolloutFilter = z.infer<typeof rolloutFilter>

/** A place in the list, as `next` and `previous` of a page give it. */
export const rolloutCursor = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}\.[0-9a-f-]{36}\.[0-9a-f-]{36}$/, 'is not a place in this list')

const choice = {
  state: rolloutFilter.optional(),
  account: accountId.optional(),
  /** Part of the name of an account, an installation, an environment or an Atom, or of an account's id. */
  search: z.string().max(255).optional(),
}
export const rolloutExportQuery = z.object(choice)
export const rolloutQuery = z
  .object({ ...choice, after: rolloutCursor.optional(), before: rolloutCursor.optional(), pageSize })
  .refine(({ after, before }) => after === undefined || before === undefined, {
    path: ['before'],
    error: 'goes without after',
  })

/** A release as its publisher counts it, and the number under which the account knows it. */
const version = z.object({ sequence: z.number().int(), number: z.number().int() }).nullable()

export const rolloutRow = z.object({
  attachmentId: id,
  accountId,
  accountName: z.string(),
  installationName: z.string(),
  environmentId: id,
  environmentName: z.string(),
  /** Null where the state is the environment's and no Atom's. */
  atomId: id.nullable(),
  atomName: z.string().nullable(),
  atomType: atomType.nullable(),
  state: rolloutState,
  cause: z.string().nullable(),
  attempts: z.number().int(),
  /** A Molecule is active when all its nodes are. */
  nodeCount: z.number().int(),
  activeCount: z.number().int(),
  progressBytes: z.number().int(),
  totalBytes: z.number().int(),
  /** How the release came; null where it has not. */
  how: z.enum(['attached', 'applied-early', 'released']).nullable(),
  /** What ran there before this release, and what is to run there now; null for nothing. */
  before: version,
  now: version,
  changedAt: instant.nullable(),
})
export type RolloutRow = z.infer<typeof rolloutRow>

/** A search for what very many are called may find few on a page or none, and more on the next ones. */
export const rolloutPage = z.object({
  rows: z.array(rolloutRow),
  /** The page after and before this one; null at the ends. */
  next: rolloutCursor.nullable(),
  previous: rolloutCursor.nullable(),
})
export type RolloutPage = z.infer<typeof rolloutPage>

export const rolloutTotals = z.object({
  byState: z.record(rolloutState, z.number().int()),
  total: z.number().int(),
  appliedEarly: z.number().int(),
  /** Large rollouts are counted every few seconds only. */
  countedAt: instant,
})
export type RolloutTotals = z.infer<typeof rolloutTotals>

export const retryDeliveriesBody = z.strictObject({
  /** Only these environments; all that failed when left out. */
  attachmentIds: z.array(id).min(1).max(1_000).optional(),
})
export type RetryDeliveriesBody = z.input<typeof retryDeliveriesBody>
export const retryDeliveriesResult = z.object({
  /** Nodes of Atoms that fetch the release again. */
  retried: z.number().int(),
  /** True when there were more than are retried at once: ask again for the rest. */
  isMoreLeft: z.boolean(),
})
export type RetryDeliveriesResult = z.infer<typeof retryDeliveriesResult>
