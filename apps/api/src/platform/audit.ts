import type { Tx } from '@packline/database/client.ts'
import { Prisma } from '@packline/database/generated/client.ts'
import type { AuditAction, AuditObjectType } from '@packline/domain/audit/audit-actions.ts'
import type { Actor } from './actor.ts'

export type AuditedChange = {
  /** Whose log it goes into; the actor's own account unless said otherwise. */
  accountId?: string
  /** As the field writes them, such as `as.ipack.release SCHEDULE`; each with its words in the domain. */
  action: AuditAction
  objectType: AuditObjectType
  objectId: string
  before?: unknown
  after?: unknown
}

/** Who is written down as the one who did it, and in whose log; every actor will do. Without a way: a person. */
export type Author = Pick<Actor, 'userId' | 'name' | 'source' | 'requestId'> & {
  accountId: string
  through?: Actor['through']
}

/** Writes what somebody changed, in the transaction of the change. */
export const audit = (tx: Tx, actor: Author, now: Temporal.Instant, change: AuditedChange) =>
  auditEach(tx, now, [{ actor, ...change }])

/** Writes what was changed together, each by whoever did it, in one statement. */
export async function auditEach(
  tx: Tx,
  now: Temporal.Instant,
  changes: readonly (AuditedChange & { actor: Author })[],
) {
  const entries = changes.map(({ actor, accountId = actor.accountId, ...change }) => ({
    accountId,
    actorKind: kindOf(actor),
    actorId: actor.userId,
    tokenId: tokenOf(actor),
    actorName: actor.name,
    source: actor.source,
    requestId: actor.requestId,
    ...change,
  }))
  await tx.$executeRaw`
    insert into "AuditEntry" (id, "accountId", at, "actorKind", "actorId", "tokenId", "actorName", source, "requestId",
      action, "objectType", "objectId", before, after)
    select new_id(), e."accountId", ${now.toString()}::timestamptz, e."actorKind", e."actorId", e."tokenId",
      e."actorName", e.source, e."requestId", e.action, e."objectType", e."objectId", e.before, e.after
    from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) e("accountId" text, "actorKind" "ActorKind", "actorId" uuid,
      "tokenId" uuid, "actorName" text, source "AuditSource", "requestId" text, action text, "objectType" text,
      "objectId" text, before jsonb, after jsonb)`
}

/** Writes what somebody changed of another account, in its log and in that of the account they work in. */
export async function auditBothSides(
  tx: Tx,
  actor: Author,
  now: Temporal.Instant,
  change: AuditedChange & { accountId: string },
) {
  await audit(tx, actor, now, change)
  await audit(tx, actor, now, { ...change, accountId: actor.accountId })
}

type Locking = {
  state: { lockedUntil: Temporal.Instant | null }
  requestId: string
  source: Actor['source']
  now: Temporal.Instant
}

/**
 * Writes that bad sign-ins have locked a user, where they have just done so: into the logs of the accounts whose user it
 * is, and of those whose account groups let them in.
 */
export async function auditLock(
  tx: Tx,
  user: { id: string; email: string; lockedUntil: Temporal.Instant | null },
  { state: { lockedUntil }, requestId, source, now }: Locking,
) {
  if (lockedUntil === null || user.lockedUntil?.equals(lockedUntil)) return
  await tx.$executeRaw`
    insert into "AuditEntry" (id, "accountId", at, "actorKind", "actorId", "actorName", source, "requestId", action,
      "objectType", "objectId", after)
    select new_id(), w."accountId", ${now.toString()}::timestamptz, 'USER', ${user.id}::uuid, ${user.email},
      ${source}::"AuditSource", ${requestId}, 'user LOCK', 'user', ${user.id}, jsonb_build_object('lockedUntil', ${lockedUntil.toString()}::text)
    from (
      select m."accountId" from "Membership" m where m."userId" = ${user.id}::uuid
      union
      select g."primaryAccountId" from "AccountGroupUser" u join "AccountGroup" g on g.id = u."groupId"
      where u."userId" = ${user.id}::uuid) w`
}

/** What the log calls the background jobs that change something by themselves. */
export const jobNames = { releases: 'Release schedule', webhooks: 'Webhook deliveries' } as const

type ChangeByJob = AuditedChange & { accountId: string; job: keyof typeof jobNames }

/** Writes what a background job changed by itself. */
export async function auditJob(tx: Tx, now: Temporal.Instant, { accountId, job, ...change }: ChangeByJob) {
  await tx.$executeRaw`
    insert into "AuditEntry" (id, "accountId", at, "actorKind", "actorName", source,
      action, "objectType", "objectId", before, after)
    values (new_id(), ${accountId}, ${now.toString()}::timestamptz, 'SCHEDULER', ${jobNames[job]}, 'INTERNAL',
      ${change.action}, ${change.objectType}, ${change.objectId},
      ${json(change.before)}::jsonb, ${json(change.after)}::jsonb)`
}

/** Writes what an Atom did with its own credential, into the log of the account that owns it unless said otherwise. */
export async function auditAtom(
  tx: Tx,
  atom: { accountId: string; atomId: string; atomName: string; requestId: string },
  now: Temporal.Instant,
  change: AuditedChange,
) {
  await tx.$executeRaw`
    insert into "AuditEntry" (id, "accountId", at, "actorKind", "actorId", "actorName", source, "requestId",
      action, "objectType", "objectId", before, after)
    values (new_id(), ${change.accountId ?? atom.accountId}, ${now.toString()}::timestamptz, 'ATOM', ${atom.atomId}::uuid,
      ${atom.atomName}, 'API', ${atom.requestId},
      ${change.action}, ${change.objectType}, ${change.objectId},
      ${json(change.before)}::jsonb, ${json(change.after)}::jsonb)`
}

/** Writes that releases went out, into their publishers' logs: one statement for a whole midnight's batch. */
export async function auditReleases(tx: Tx, releaseIds: readonly string[], now: Temporal.Instant) {
  await tx.$executeRaw`
    insert into "AuditEntry" (id, "accountId", at, "actorKind", "actorId", "actorName", source, action, "objectType",
      "objectId", before, after)
    select new_id(), k."accountId", ${now.toString()}::timestamptz, 'SCHEDULER', r."scheduledById",
      r."scheduledByName", 'INTERNAL', 'as.ipack.release RELEASE', 'release', r.id::text,
      jsonb_build_object('releaseId', r."previousReleaseId"),
      jsonb_build_object('releaseId', r.id, 'sequence', r.sequence, 'timing', r.timing, 'dueAt', r."dueAt")
    from "Release" r join "IntegrationPack" k on k.id = r."packId" where r.id = any(${[...releaseIds]}::uuid[])`
}

/**
 * Part of a statement that ends what many accounts have: an entry in the log of each for every row of its `detached`,
 * which has all of an attachment, and of its `uninstalled`, which has all of an installation.
 */
export const auditEnded = (actor: Author, now: Temporal.Instant) => Prisma.sql`
  insert into "AuditEntry" (id, "accountId", at, "actorKind", "actorId", "tokenId", "actorName", source, "requestId",
    action, "objectType", "objectId", before)
  select new_id(), e."accountId", ${now.toString()}::timestamptz, ${kindOf(actor)}::"ActorKind",
    ${actor.userId}::uuid, ${tokenOf(actor)}::uuid, ${actor.name}, ${actor.source}::"AuditSource", ${actor.requestId}, 'as.ipack.' || e.kind || ' DELETE', e.kind, e.id::text, e.before
  from (
    select a.id, a."accountId", 'attachment' as kind, jsonb_build_object('installationId', a."installationId",
      'environmentId', a."environmentId", 'releaseId', a."releaseId", 'version', a."versionNumber") as before
    from detached a
    union all
    select i.id, i."accountId", 'installation', jsonb_build_object('name', i.name, 'packId', i."packId",
      'version', i."deliveredCount")
    from uninstalled i) e`

/** Writes which attachments began or ended, one entry each however many there are. */
export async function auditAttachments(
  tx: Tx,
  actor: Author,
  now: Temporal.Instant,
  change: { kind: 'ADD' | 'DELETE'; attachmentIds: readonly string[] },
) {
  await tx.$executeRaw`
    insert into "AuditEntry" (id, "accountId", at, "actorKind", "actorId", "tokenId", "actorName", source, "requestId", action,
      "objectType", "objectId", before, after)
    select new_id(), a."accountId", ${now.toString()}::timestamptz, ${kindOf(actor)}::"ActorKind", ${actor.userId}::uuid,
      ${tokenOf(actor)}::uuid, ${actor.name}, ${actor.source}::"AuditSource", ${actor.requestId}, 'as.ipack.attachment ' || ${change.kind},
      'attachment', a.id::text, case ${change.kind} when 'DELETE' then facts end, case ${change.kind} when 'ADD' then facts end
    from "Attachment" a cross join lateral (
      select jsonb_build_object('installationId', a."installationId", 'environmentId', a."environmentId",
        'releaseId', a."releaseId", 'version', a."versionNumber") as facts) described
    where a.id = any(${[...change.attachmentIds]}::uuid[])`
}

/**
 * Part of a statement that updates attachments: one entry for each row of its `moved`, which has id, "accountId",
 * "fromReleaseId", "fromNumber", "releaseId", number and how. In the same statement, because a million of them at
 * midnight do not travel to Node and back.
 */
export const auditMoved = (actorName: string, now: Temporal.Instant) => Prisma.sql`
  insert into "AuditEntry" (id, "accountId", at, "actorKind", "actorName", source, action, "objectType", "objectId",
    before, after)
  select new_id(), "accountId", ${now.toString()}::timestamptz, 'SCHEDULER', ${actorName}, 'INTERNAL',
    'as.ipack UPDATE ' || how, 'attachment', id::text,
    jsonb_build_object('releaseId', "fromReleaseId", 'version', "fromNumber"),
    jsonb_build_object('releaseId', "releaseId", 'version', number)
  from moved`

const tokenOf = ({ through }: Author) => (through?.kind === 'token' ? through.tokenId : null)
const kindOf = (author: Author) => (tokenOf(author) === null ? 'USER' : 'TOKEN')

const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value))
