import { z } from 'zod'
import { atomListItem } from './atoms.ts'
import { consumerRelease, consumerState, rolledUpChanges } from './consumer-releases.ts'
import { id, instant } from './field.ts'
import { environmentClassification } from './installations.ts'
import { packType } from './integration-packs.ts'

export const deliveryState = z.enum(['WAITING', 'DOWNLOADING', 'ACTIVE', 'FAILED', 'SUPERSEDED'])
export type DeliveryStateCode = z.infer<typeof deliveryState>

/** How far an Atom's node is with the release that runs in the environment. */
export const deliveryView = z.object({
  atomId: id,
  atomName: z.string(),
  nodeId: id,
  nodeName: z.string(),
  state: deliveryState,
  cause: z.string().nullable(),
  attempts: z.number().int(),
  progressBytes: z.number().int(),
  totalBytes: z.number().int(),
  changedAt: instant,
})
export type DeliveryView = z.infer<typeof deliveryView>

/** One row of the table Integration Packs. */
export const packUpdateRow = consumerState.extend({
  attachmentId: id,
  installationId: id,
  name: z.string(),
  packId: id,
  packName: z.string(),
  packType,
  lastUpdatedAt: instant,
  updatedHow: z.enum(['ATTACHED', 'MANUAL', 'AUTOMATIC', 'IMMEDIATE', 'WITHDRAWN']),
  running: consumerRelease,
  /** The scheduled release of the pack, also where it may not be applied by hand. */
  pending: consumerRelease.nullable(),
  /** From what runs here to the pending release; empty without one. */
  changes: rolledUpChanges,
  deliveries: z.array(deliveryView),
})
export type PackUpdateRow = z.infer<typeof packUpdateRow>

/** Is there an Apply Pending Updates button, and if not, why not? */
export const applyDecision = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('allowed'), packCount: z.number().int() }),
  z.object({
    kind: z.literal('refused'),
    reason: z.enum(['nothing-pending', 'privilege-missing', 'environment-closed', 'no-atom']),
    message: z.string(),
  }),
])
export type ApplyDecision = z.infer<typeof applyDecision>

export const environmentPacks = z.object({
  environment: z.object({ id, name: z.string(), classification: environmentClassification }),
  atoms: z.array(atomListItem),
  rows: z.array(packUpdateRow),
  apply: applyDecision,
})
export type EnvironmentPacks = z.infer<typeof environmentPacks>

/** The same for an Atom; without packs when it is in no environment and none is attached to it itself. */
export const atomPacks = z.object({
  atom: atomListItem,
  /** The packs are attached to the Atom itself and not to an environment. */
  isPlace: z.boolean(),
  packs: environmentPacks.nullable(),
})
export type AtomPacks = z.infer<typeof atomPacks>

export const applyUpdatesBody = z.strictObject({
  /** What the person saw and confirmed. A pack whose pending release is another one by now is refused for that pack. */
  seen: z
    .array(z.strictObject({ attachmentId: id, releaseId: id }))
    .max(10_000)
    .optional(),
})

export const applyResult = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('applied'),
    attachmentId: id,
    installationId: id,
    name: z.string(),
    releaseId: id,
    fromNumber: z.number().int(),
    toNumber: z.number().int(),
  }),
  z.object({
    kind: z.literal('refused'),
    attachmentId: id,
    /** Null for an attachment that is not, or not any more, in this environment. */
    installationId: id.nullable(),
    name: z.string().nullable(),
    reason: z.string(),
    message: z.string(),
  }),
])
export type ApplyResult = z.infer<typeof applyResult>
/** One entry for each pack that had something pending or was asked for (D-24). */
export const applyUpdatesResult = z.object({ results: z.array(applyResult) })
export type ApplyUpdatesResult = z.infer<typeof applyUpdatesResult>
