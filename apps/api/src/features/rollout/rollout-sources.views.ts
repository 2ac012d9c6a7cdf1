import type { RolloutFilter } from '@packline/contract/rollout.ts'
import { Prisma } from '@packline/database/generated/client.ts'
import { type Concern, type Delivered, type Sql, storedState } from './rollout-belongs.views.ts'
import { directionOf, onwards, type RolloutSlice, since, whole } from './rollout-places.views.ts'

const { sql, empty } = Prisma

/** The releases of the pack that anything runs, whatever their number ever was. */
export const releasesInUse = ({ packId }: Pick<Concern, 'packId'>) => {
  const next = (after: Sql) => sql`
    select a."releaseId" from "Attachment" a
    where a."packId" = ${packId}::uuid and a."detachedAt" is null ${after}
    order by a."releaseId" limit 1`
  return sql`
    in_use (id) as (
      (${next(empty)})
      union all
      select (${next(sql`and a."releaseId" > in_use.id`)}) from in_use where in_use.id is not null)`
}

/** Attachments by an index; the condition is on "accountId" of `x`. */
export type Source = (condition: Sql) => Sql

export function sourcesOf(filter: RolloutFilter | undefined, slice: RolloutSlice): Source[] {
  const awaited = slice.isAwaited ? [elsewhere(slice)] : []
  switch (filter) {
    case undefined:
      return [reached(slice), running(slice), ...awaited]
    case 'awaiting-release':
      return awaited
    case 'waiting':
    case 'downloading':
    case 'failed':
    case 'active':
      return [delivered(slice, filter)]
    case 'suspended':
      return (['waiting', 'downloading', 'failed'] as const).map((state) => delivered(slice, state))
    case 'no-atom':
    case 'not-heard-from':
      return [running(slice)]
    case 'superseded':
      return slice.isCurrent ? [detached(slice), elsewhere(slice)] : [reached(slice)]
    case 'applied-early':
      return [reached(slice, sql`and x.how = 'MANUAL'`)]
  }
}

const reached =
  (slice: RolloutSlice, further = empty): Source =>
  (condition) =>
    sql`
    (select null::uuid as "rangeId", x."accountId", x."attachmentId" from "ReleaseTarget" x
    where x."releaseId" = ${slice.releaseId}::uuid ${further} ${condition}
      ${onwards(slice, sql`x."accountId"`, sql`x."attachmentId"`)})`

const running =
  (slice: RolloutSlice): Source =>
  (condition) =>
    sql`
    (select null::uuid as "rangeId", x."accountId", x.id as "attachmentId" from "Attachment" x
    where x."packId" = ${slice.packId}::uuid and x."releaseId" = ${slice.releaseId}::uuid and x."detachedAt" is null
      ${condition} ${onwards(slice, sql`x."accountId"`, sql`x.id`)})`

const detached =
  (slice: RolloutSlice): Source =>
  (condition) =>
    sql`
    (select null::uuid as "rangeId", x."accountId", x.id as "attachmentId" from "Attachment" x
    where x."packId" = ${slice.packId}::uuid and x."detachedAt" is not null ${condition}
      ${onwards(slice, sql`x."accountId"`, sql`x.id`)})`

/** Attachments that run another release of the pack: each of its releases is a range of the index. */
const elsewhere =
  (slice: RolloutSlice): Source =>
  (condition) =>
    sql`
    (select o.id as "rangeId", y.* from in_use o cross join lateral (
      select x."accountId", x.id as "attachmentId" from "Attachment" x
      where x."packId" = ${slice.packId}::uuid and x."releaseId" = o.id and x."detachedAt" is null ${condition}
        ${onwards(slice, sql`x."accountId"`, sql`x.id`)}) y
    where o.id <> ${slice.releaseId}::uuid)`

/** Ordered by the state as well: below a policy PostgreSQL does not see that an enumeration has one value only. */
const delivered =
  (slice: RolloutSlice, state: Delivered): Source =>
  (condition) =>
    sql`
    (select null::uuid as "rangeId", x."accountId", x."attachmentId" from "Delivery" x
    where x."releaseId" = ${slice.releaseId}::uuid and x.state = ${storedState(state)} ${condition}
      ${since(slice, sql`x."accountId"`, sql`x."attachmentId"`)}
    order by x.state ${directionOf(slice)}, x."accountId" ${directionOf(slice)}, x."attachmentId" ${directionOf(slice)}
    limit ${whole(slice.atOnce)})`
