import { z } from 'zod'
import { flag, id, instant } from './field.ts'

export const noticeKind = z.enum([
  'release.scheduled',
  'release.changed',
  'release.cancelled',
  'release.reminder',
  'release.released',
  'release.late',
  'release.failed',
  'update.applied',
  'update.failed',
  'delivery.failed',
  'webhook.paused',
])

/** What one is told, as facts: screens put them into words, with dates in the reader's zone. */
export const noticeFacts = z.object({
  type: noticeKind,
  side: z.enum(['publisher', 'consumer']),
  packName: z.string(),
  installationName: z.string().nullable(),
  by: z.string().nullable(),
  schedule: z
    .object({
      releaseOn: z.string(),
      timeZone: z.string(),
      window: z.object({ start: instant, end: instant }),
    })
    .nullable(),
  before: z.object({ releaseOn: z.string(), timeZone: z.string() }).nullable(),
  change: z.enum(['date', 'versions']).nullable(),
  notes: z.string(),
  reason: z.string().nullable(),
  cause: z.string().nullable(),
  lateBySeconds: z.number().nullable(),
  environmentNames: z.array(z.string()),
  environmentCount: z.number().int(),
  versionNumber: z.number().int().nullable(),
  atomName: z.string().nullable(),
  webhookUrl: z.string().nullable(),
})

/** Where the thing is that a notice is about; null when it is gone. */
export const noticeTarget = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('release'), packId: id, releaseId: id }),
  z.object({ kind: z.literal('environment'), environmentId: id }),
  z.object({ kind: z.literal('atom'), atomId: id }),
  z.object({ kind: z.literal('installations') }),
  z.object({ kind: z.literal('webhook'), webhookId: id }),
])
export type NoticeTarget = z.infer<typeof noticeTarget>

export const noticeView = z.object({
  id,
  at: instant,
  readAt: instant.nullable(),
  facts: noticeFacts,
  target: noticeTarget.nullable(),
  /** The address of the release's calendar entry, while the release is still to come. */
  calendarPath: z.string().nullable(),
})
export type NoticeView = z.infer<typeof noticeView>

export const noticeParams = z.object({ noticeId: id })
export const calendarParams = z.object({ calendarKey: id })

export const noticeQuery = z.object({
  unread: flag.optional(),
  /** The last notice of the page before. */
  after: id.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
})
export type NoticeQuery = z.infer<typeof noticeQuery>

/** Newest first. `next` is what to ask for after this page; null on the last one. */
export const noticePage = z.object({
  notices: z.array(noticeView),
  unreadCount: z.number().int(),
  next: id.nullable(),
})
export type NoticePage = z.infer<typeof noticePage>

export const unreadNotices = z.object({ unreadCount: z.number().int() })
export type UnreadNotices = z.infer<typeof unreadNotices>

/** Marks everything as read up to this notice, the newest that was seen. */
export const readNoticesBody = z.strictObject({ upTo: id })

export const noticePreferences = z.object({
  /** Whether this server sends mail at all, and where to. */
  mail: z.object({ isSent: z.boolean(), address: z.string() }),
  kinds: z.array(z.object({ kind: noticeKind, byMail: z.boolean() })),
})
export type NoticePreferences = z.infer<typeof noticePreferences>
export const noticePreferencesBody = z.strictObject({ mailOff: z.array(noticeKind).max(100) })
