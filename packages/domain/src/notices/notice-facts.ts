import type { EventType } from './event-type.ts'

/** When a dated release goes out: date and zone are the truth, the window is derived. */
export type NoticedSchedule = { releaseOn: string; timeZone: string; window: { start: string; end: string } }

/**
 * What one person is told of an event. The consumer's side knows the pack, its release and the account's own environments,
 * and nothing of the publisher's people, reasons and faults or of other accounts.
 */
export type NoticeFacts = {
  type: EventType
  side: 'publisher' | 'consumer'
  packName: string
  /** As the installation is called; only for what happened to one. */
  installationName: string | null
  /** Who did it: of the reader's own account, or nobody. */
  by: string | null
  /** Null: at once, or not about a release's date. */
  schedule: NoticedSchedule | null
  /** What a changed release was to be before. */
  before: { releaseOn: string; timeZone: string } | null
  change: 'date' | 'versions' | null
  notes: string
  reason: string | null
  cause: string | null
  lateBySeconds: number | null
  /** The account's environments it is about, the first of them by name. */
  environmentNames: readonly string[]
  environmentCount: number
  /** The version that runs now, as the account counts them. */
  versionNumber: number | null
  atomName: string | null
  /** The address that is not called any more. */
  webhookUrl: string | null
}
