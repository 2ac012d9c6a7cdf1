import { z } from 'zod'
import { accountId, dateText, id, instant, pageSize } from './field.ts'

export const auditSource = z.enum(['UI', 'API', 'INTERNAL'])
export type AuditSource = z.infer<typeof auditSource>
export const auditActorKind = z.enum(['USER', 'TOKEN', 'ATOM', 'SCHEDULER'])
export type AuditActorKind = z.infer<typeof auditActorKind>

/** A place in the log, as `next` and `previous` of a page give it. */
export const auditCursor = z
  .string()
  .regex(
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
    'is not a place in this log',
  )

const choice = {
  /** A user or an Atom. */
  actor: id.optional(),
  /** As entries name it, such as `as.ipack.release SCHEDULE`. */
  action: z.string().max(100).optional(),
  objectType: z.string().max(100).optional(),
  objectId: z.string().max(100).optional(),
  source: auditSource.optional(),
  /** Calendar dates in the time zone of your User Information, both included. */
  from: dateText.optional(),
  to: dateText.optional(),
  /** Part of a name, an id, a request id, or of what was before and after. */
  search: z.string().max(255).optional(),
}
export const auditExportQuery = z.object(choice)
export const auditQuery = z
  .object({ ...choice, after: auditCursor.optional(), before: auditCursor.optional(), pageSize })
  .refine(({ after, before }) => after === undefined || before === undefined, {
    path: ['before'],
    error: 'goes without after',
  })

/** What an entry is about. `isThere`: it can still be opened; the ids beside it say where. */
const auditObject = z.object({
  type: z.string(),
  id: z.string(),
  name: z.string().nullable(),
  isThere: z.boolean(),
  packId: id.nullable(),
  installationId: id.nullable(),
})
export type AuditObject = z.infer<typeof auditObject>

export const auditEntryRow = z.object({
  id,
  at: instant,
  actorKind: auditActorKind,
  actorId: id.nullable(),
  actorName: z.string(),
  /** The API token through which the user acted. */
  tokenId: id.nullable(),
  tokenName: z.string().nullable(),
  source: auditSource,
  action: z.string(),
  /** The action in words, to be read after the actor's name. */
  words: z.string(),
  object: auditObject,
})
export type AuditEntryRow = z.infer<typeof auditEntryRow>

export const auditEntryView = auditEntryRow.extend({
  accountId,
  requestId: z.string().nullable(),
  before: z.unknown(),
  after: z.unknown(),
  /** Null until the entry is sealed, which takes seconds. */
  seal: z.object({ sequence: z.number().int(), sealedAt: instant, hash: z.string() }).nullable(),
})
export type AuditEntryView = z.infer<typeof auditEntryView>

export const auditPage = z.object({
  rows: z.array(auditEntryRow),
  /** The page of older entries and that of newer ones; null at the ends. */
  next: auditCursor.nullable(),
  previous: auditCursor.nullable(),
  /** Where the search has stopped for this page: there may be more beyond, on the page that `next` gives. */
  searchedTo: instant.nullable(),
})
export type AuditPage = z.infer<typeof auditPage>

export const auditActor = z.object({ id, name: z.string() })
export const auditActors = z.array(auditActor)
export type AuditActor = z.infer<typeof auditActor>

export const auditEntryParams = z.object({ entryId: id })
