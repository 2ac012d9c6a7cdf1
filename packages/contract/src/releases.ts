import { z } from 'zod'
import { componentType } from './components.ts'
import { accountId, dateText, id, instant, page, pageOf, pageSize } from './field.ts'

export const releaseStatus = z.enum([
  'SCHEDULED',
  'IN_PROGRESS',
  'SUCCESS',
  'ERROR',
  'SUPERSEDED',
  'CANCELLED',
])
export type ReleaseStatusCode = z.infer<typeof releaseStatus>

export const releaseParams = z.object({ releaseId: id })

/** The release window as instants, and how the local night differs from an ordinary one. */
export const windowView = z.object({
  start: instant,
  end: instant,
  kind: z.enum([
    'ordinary',
    'midnight-skipped',
    'midnight-repeated',
    'hour-shortened',
    'hour-repeated',
    'day-missing',
  ]),
})
export type WindowView = z.infer<typeof windowView>

export const releaseSummary = z.object({
  id,
  packId: id,
  sequence: z.number().int(),
  /** What the public API calls it: release-<uuid>. A scheduled release that is changed keeps it. */
  requestId: z.string().regex(/^release-[0-9a-f-]{36}$/),
  status: releaseStatus,
  timing: z.enum(['IMMEDIATE', 'DATED']),
  /** Date and zone of a dated release, as its scheduler chose them. */
  releaseOn: z.string().nullable(),
  timeZone: z.string().nullable(),
  window: windowView.nullable(),
  scheduledByName: z.string(),
  confirmedAt: instant,
  changedAt: instant,
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
  /** Seconds after the window's end; null when it was on time or is not out. */
  lateBySeconds: z.number().int().nullable(),
  isRollback: z.boolean(),
  notes: z.string(),
  packageCount: z.number().int(),
  attempts: z.number().int(),
  lastError: z.string().nullable(),
  cancelledByName: z.string().nullable(),
  cancelReason: z.string().nullable(),
  /** Attachments updated so far and in all; accounts that applied it early are counted in both. */
  updated: z.number().int(),
  total: z.number().int(),
})
export type ReleaseSummary = z.infer<typeof releaseSummary>

const versionOf = z.object({ packageId: id, version: z.string() }).nullable()
/** What one component's version did from the release before to this one. */
export const releaseChange = z.object({
  componentId: id,
  componentName: z.string(),
  componentType,
  kind: z.enum(['added', 'updated', 'rolled-back', 'removed', 'unchanged']),
  from: versionOf,
  to: versionOf,
})
export type ReleaseChange = z.infer<typeof releaseChange>

export const releaseView = releaseSummary.extend({
  packName: z.string(),
  previousSequence: z.number().int().nullable(),
  changes: z.array(releaseChange),
  accounts: z.number().int(),
  appliedEarly: z.number().int(),
  /** How far the Atoms are with it, by delivery state. */
  deliveries: z.record(z.string(), z.number().int()),
  /** True when the pack may be released with these versions again. */
  canRollBackTo: z.boolean(),
})
export type ReleaseView = z.infer<typeof releaseView>

export const releaseHistory = z.array(
  releaseSummary.extend({ changes: z.array(releaseChange), canRollBackTo: z.boolean() }),
)
export type ReleaseHistoryEntry = z.infer<typeof releaseHistory>[number]

const removedRow = z.object({
  componentId: id,
  componentName: z.string(),
  componentType,
  version: z.string(),
})

/** Step 1 of the wizard: what would be released, and with which version by default. */
export const releaseDraft = z.object({
  packId: id,
  packName: z.string(),
  packVersion: z.number().int(),
  /** The scheduled release that would be changed, when the wizard was opened by Change versions. */
  replaces: id.nullable(),
  /** The release whose versions are preselected, when the wizard was opened by Roll back to this release. */
  rollsBackTo: z.object({ id, sequence: z.number().int() }).nullable(),
  rows: z.array(
    z.object({
      componentId: id,
      componentName: z.string(),
      componentType,
      current: z.object({ packageId: id, version: z.string(), ordinal: z.number().int() }).nullable(),
      selected: z.object({ packageId: id, version: z.string(), ordinal: z.number().int() }),
      /** Why the selected version of an earlier release can no longer be released. */
      problem: z.enum(['version-deleted', 'version-not-shareable']).nullable(),
      versionCount: z.number().int(),
    }),
  ),
  /** Rows that consumers will lose with this release. */
  removed: z.array(removedRow),
  /** Rows never released that leave the pack because the earlier release did not contain them. */
  dropped: z.array(removedRow),
  notes: z.string(),
  scheduled: releaseSummary.nullable(),
})
export type ReleaseDraft = z.infer<typeof releaseDraft>
export const releaseDraftQuery = z.object({ rollBackTo: id.optional(), replaces: id.optional() })

/** Step 2 of the wizard: what each option means, in numbers and instants. */
export const releasePreviewQuery = z.object({ releaseOn: dateText.optional() })
export const releasePreview = z.object({
  installations: z.number().int(),
  accounts: z.number().int(),
  environments: z.number().int(),
  /** More of them, which the release does not reach because no group shares the pack with their account. */
  unsharedInstallations: z.number().int(),
  isRerelease: z.boolean(),
  /** Null until the user has saved a time zone: dates cannot be chosen before. */
  timeZone: z.string().nullable(),
  firstDate: z.string().nullable(),
  lastDate: z.string().nullable(),
  /** The window of the date asked for, or why it cannot be chosen. */
  window: windowView.nullable(),
  refusal: z.object({ code: z.string(), message: z.string() }).nullable(),
  /** Days that already have scheduled releases of this account's packs. */
  busyDays: z.array(z.object({ releaseOn: z.string(), packName: z.string() })),
})
export type ReleasePreview = z.infer<typeof releasePreview>

const timing = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('immediately') }),
  z.strictObject({ kind: z.literal('on-date'), releaseOn: dateText }),
])
export const createReleaseBody = z.strictObject({
  /** The complete content: components left out leave the pack with this release. */
  versions: z.array(z.strictObject({ componentId: id, packageId: id })).max(1_000),
  timing,
  notes: z.string().max(20_000).default(''),
})
export type CreateReleaseBody = z.input<typeof createReleaseBody>
export const rescheduleBody = z.strictObject({ releaseOn: dateText })
export const cancelBody = z.strictObject({ reason: z.string().max(10_000) })

export const targetQuery = z.object({ search: z.string().max(255).optional(), page, pageSize })
export const targetView = z.object({
  attachmentId: id,
  accountId,
  accountName: z.string(),
  installationName: z.string(),
  environmentName: z.string(),
  state: z.enum(['updated', 'applied-early', 'waiting']),
  fromNumber: z.number().int().nullable(),
  toNumber: z.number().int().nullable(),
  appliedAt: instant.nullable(),
})
export type TargetView = z.infer<typeof targetView>
export const targetPage = pageOf(targetView)
