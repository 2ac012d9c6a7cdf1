import { z } from 'zod'
import { componentType } from './components.ts'
import { id, instant, pageOf, page, pageSize } from './field.ts'
import { releaseSummary } from './releases.ts'

export const packType = z.enum(['SINGLE', 'MULTI'])

export const packParams = z.object({ packId: id })
export const packComponentParams = z.object({ packId: id, componentId: id })

export const createPackBody = z.strictObject({
  name: z.string().max(10_000),
  type: packType,
  description: z.string().max(10_000).default(''),
})
export const editPackBody = z.strictObject({
  name: z.string().max(10_000).optional(),
  description: z.string().max(10_000).optional(),
})
export const addPackagesBody = z.strictObject({ componentIds: z.array(id).min(1).max(1_000) })

/** One line of the list on the left of the page. */
export const packListItem = z.object({
  id,
  name: z.string(),
  type: packType,
  packageCount: z.number().int(),
  currentSequence: z.number().int().nullable(),
  scheduled: z.object({ releaseId: id, releaseOn: z.string(), timeZone: z.string() }).nullable(),
  isReleasing: z.boolean(),
  hasFailed: z.boolean(),
})
export type PackListItem = z.infer<typeof packListItem>
export const packList = z.array(packListItem)

export const versionRef = z.object({ packageId: id, version: z.string(), ordinal: z.number().int() })
export type VersionRef = z.infer<typeof versionRef>

/** One row of the Packaged Components table. */
export const packRowView = z.object({
  componentId: id,
  componentName: z.string(),
  componentType,
  current: versionRef.nullable(),
  pending: versionRef.nullable(),
  latest: versionRef.nullable(),
  /** Removed with the next release; the Pending column says "Deleted". */
  isRemoved: z.boolean(),
})
export type PackRowView = z.infer<typeof packRowView>

/** Is there something to release, and if not, why not? The page explains it where the button would be. */
export const readinessView = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready'), changes: z.number().int() }),
  z.object({
    kind: z.literal('nothing-to-release'),
    why: z.enum([
      'pack-empty',
      'all-released',
      'release-scheduled',
      'release-in-progress',
      'only-deletions-left',
    ]),
  }),
])
export type ReadinessView = z.infer<typeof readinessView>

export const packView = z.object({
  id,
  name: z.string(),
  type: packType,
  description: z.string(),
  version: z.number().int(),
  createdAt: instant,
  createdByName: z.string(),
  changedAt: instant,
  changedByName: z.string(),
  rows: z.array(packRowView),
  readiness: readinessView,
  current: releaseSummary.nullable(),
  scheduled: releaseSummary.nullable(),
  inProgress: releaseSummary.nullable(),
  /** The newest release when it ended in an error and nothing has replaced it. */
  failed: releaseSummary.nullable(),
  installations: z.number().int(),
  accounts: z.number().int(),
  /** Those of the installations that get no further release, because no group shares the pack with their account. */
  unsharedInstallations: z.number().int(),
  groups: z.array(z.string()),
})
export type PackView = z.infer<typeof packView>

/** What deleting the pack would undo. */
export const packDeletionPreview = z.object({
  installations: z.number().int(),
  accounts: z.number().int(),
  attachments: z.number().int(),
  groups: z.number().int(),
  hasScheduledRelease: z.boolean(),
})
export type PackDeletionPreview = z.infer<typeof packDeletionPreview>

export const addableQuery = z.object({ filter: z.string().max(255).optional(), page, pageSize })
export const addableComponent = z.object({
  componentId: id,
  componentName: z.string(),
  componentType,
  folder: z.string(),
  newest: versionRef,
  /** Already a row of this pack, and not removed. */
  isInPack: z.boolean(),
})
export type AddableComponent = z.infer<typeof addableComponent>
export const addablePage = pageOf(addableComponent)

export const addPackagesResult = z.object({
  added: z.number().int(),
  undeleted: z.number().int(),
  unchanged: z.number().int(),
  pack: packView,
})

/** A choice in the Select Version dialog. */
export const versionChoice = versionRef.extend({
  notes: z.string(),
  createdAt: instant,
  createdByName: z.string(),
  isCurrent: z.boolean(),
  isNewest: z.boolean(),
  wasReleased: z.boolean(),
})
export type VersionChoice = z.infer<typeof versionChoice>
export const versionChoices = z.array(versionChoice)
