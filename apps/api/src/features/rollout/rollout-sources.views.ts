import type { RolloutFilter } from '@packline/contract/rollout.ts'
import { Prisma } from '@packline/database/generated/client.ts'

export type RolloutPlace = { accountId: string; attachmentId: string; atomId: string }

/** Where an environment without Atom stands, and what is past every Atom of an attachment. */
export const firstAtom = '00000000-0000-0000-0000-000000000000'
export const lastAtom = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

/** What a search has narrowed the list down to: a few accounts and attachments, or whatever has such a name. */
export type RolloutMatch = Narrow | { kind: 'named'; pattern: string }
type Narrow =
  | { kind: 'any' }
  | { kind: 'among'; accountIds: readonly string[]; attachmentIds: readonly string[] }

/** Where a page of a rollout begins and which rows belong to it. */
export type RolloutSlice = {
  releaseId: string
  packId: string
  packType: 'SINGLE' | 'MULTI'
  /** The release has still to reach those who do not run it. */
  isAwaited: boolean
  account: string | undefined
  from: RolloutPlace | undefined
  isBackwards: boolean
  /** Attachments to take from each source. */
  limit: number
}

type Sql = ReturnType<typeof Prisma.sql>
const { sql, empty } = Prisma

/**
 * Attachments of which some Atom is in this state, or all that the release concerns: the first ones from the slice's
 * place on, as "accountId" and "attachmentId". Each source reads an index that has the order of the list and stops when
 * it has enough, so that a page costs the same in a rollout of a million rows, wherever it is and whatever the state.
 */
export function rolloutSource(filter: RolloutFilter | undefined, slice: RolloutSlice, match: Narrow): Sql {
  const parts = matches(match).flatMap((one) => sourcesOf(filter, { ...slice, match: one, further: empty }))
  // No part may be empty text; one that gives nothing is.
  return parts.length > 0
    ? sql`(${Prisma.join(parts, ' union ')})`
    : sql`(select null::text as "accountId", null::uuid as "attachmentId" where false)`
}

/**
 * The first of them by their place alone, whatever they are called, with the number of the "part" they come from and,
 * where that has one range for each release of the pack, its "rangeId": each range gives as many as the slice asks for,
 * or has no more.
 */
export function rolloutRanges(filter: RolloutFilter | undefined, slice: RolloutSlice): Sql {
  const part = { ...slice, match: () => empty, further: sql`, null::uuid as "rangeId"` }
  const parts = sourcesOf(filter, part).map((one, at) => sql`(select ${at}::int as part, p.* from ${one} p)`)
  return parts.length > 0
    ? Prisma.join(parts, ' union all ')
    : sql`(select 0 as part, null::text as "accountId", null::uuid as "attachmentId", null::uuid as "rangeId" where false)`
}

/** `further` is one more column of each part. */
type Part = RolloutSlice & { match: Match; further: Sql }

function sourcesOf(filter: RolloutFilter | undefined, slice: Part): Sql[] {
  switch (filter) {
    case undefined:
      return [reached(slice), running(slice), ...awaited(slice)]
    case 'awaiting-release':
      return awaited(slice)
    case 'waiting':
      return [delivered(slice, 'WAITING', ['FAILED', 'DOWNLOADING'], notSuspended)]
    case 'downloading':
      return [delivered(slice, 'DOWNLOADING', ['FAILED'], notSuspended)]
    case 'failed':
      return [delivered(slice, 'FAILED', [], notSuspended)]
    case 'active':
      return [delivered(slice, 'ACTIVE', ['FAILED', 'DOWNLOADING', 'WAITING'])]
    case 'suspended':
      return (['WAITING', 'DOWNLOADING', 'FAILED'] as const).map((state) =>
        delivered(slice, state, [], suspended),
      )
    case 'no-atom':
      return [running(slice, sql`a."environmentId" in (${withoutAtom})`)]
    case 'not-heard-from':
      return [running(slice, sql`a."environmentId" in (${withoutNode})`)]
    case 'superseded':
      return [detached(slice), elsewhere(slice, [wasReached(slice), runsNoMore(slice)])]
    case 'applied-early':
      return [reached(slice, sql`t.how = 'MANUAL'`)]
  }
}

const withoutAtom = sql`select id from "Environment" where "atomCount" = 0 and "deletedAt" is null`
const withoutNode = sql`
  select "environmentId" from "Atom" where "nodeCount" = 0 and "environmentId" is not null
  union all
  select c."environmentId" from "CloudAccount" c join "Atom" t on t.id = c."atomId"
  where t."nodeCount" = 0 and c."environmentId" is not null`
const suspended = sql`s.status in ('suspended', 'deleted')`
const notSuspended = sql`s.status not in ('suspended', 'deleted')`

/** The record that the release reached the attachment. */
const wasReached = ({ releaseId }: Part) => sql`exists (
  select from "ReleaseTarget" t where t."releaseId" = ${releaseId}::uuid and t."attachmentId" = a.id)`

const runsNoMore = ({ releaseId }: Part) => sql`not exists (
  select from "Delivery" d
  where d."attachmentId" = a.id and d."releaseId" = ${releaseId}::uuid and d.state = 'ACTIVE')`

const reached = (slice: Part, condition = sql`true`) => sql`
  (select t."accountId", t."attachmentId" ${slice.further} from "ReleaseTarget" t
  where t."releaseId" = ${slice.releaseId}::uuid and ${condition}
    ${inSlice(slice, { account: sql`t."accountId"`, attachment: sql`t."attachmentId"` })})`

const attached = { account: sql`a."accountId"`, attachment: sql`a.id` }

const running = (slice: Part, condition = sql`true`) => sql`
  (select a."accountId", a.id as "attachmentId" ${slice.further} from "Attachment" a
  where a."releaseId" = ${slice.releaseId}::uuid and a."detachedAt" is null and ${condition} ${inSlice(slice, attached)})`

const detached = (slice: Part) => sql`
  (select a."accountId", a.id as "attachmentId" ${slice.further} from "Attachment" a
  where a."packId" = ${slice.packId}::uuid and a."detachedAt" is not null and ${wasReached(slice)}
    and ${runsNoMore(slice)} ${inSlice(slice, attached)})`

/** Attachments that run another release of the pack: each of its releases is a range of the index. */
const elsewhere = (slice: Part, conditions: Sql[]) => sql`
  (select x.* ${slice.further === empty ? empty : sql`, o.id as "rangeId"`} from "Release" o cross join lateral (
    select a."accountId", a.id as "attachmentId" from "Attachment" a
    where a."releaseId" = o.id and a."detachedAt" is null and ${Prisma.join(conditions, ' and ')}
      ${inSlice(slice, attached)}) x
  where o."packId" = ${slice.packId}::uuid and o.id <> ${slice.releaseId}::uuid)`

/** Those the release has still to reach, where it goes out or is scheduled, and is shared with them (D-4). */
const awaited = (slice: Part): Sql[] =>
  slice.isAwaited
    ? [
        elsewhere(slice, [
          sql`not ${wasReached(slice)}`,
          sql`exists (
            select from "AccountGroupPack" gp join "AccountGroupAccount" ga on ga."groupId" = gp."groupId"
            where gp."packId" = ${slice.packId}::uuid and ga."accountId" = a."accountId")`,
        ]),
      ]
    : []

type Stored = 'WAITING' | 'DOWNLOADING' | 'FAILED' | 'ACTIVE'

/** By the state of a node, where no other node of the Atom is in a state that is told instead. */
const delivered = (slice: Part, state: Stored, instead: Stored[], account?: Sql) => sql`
  (select distinct d."accountId", d."attachmentId" ${slice.further} from "Delivery" d
  ${account ? sql`join "Account" s on s.id = d."accountId" and ${account}` : empty}
  where d."releaseId" = ${slice.releaseId}::uuid and d.state = ${state}::"DeliveryState"
    ${
      instead.length > 0
        ? sql`and not exists (
            select from "Delivery" o where o."attachmentId" = d."attachmentId" and o."releaseId" = d."releaseId"
              and o."atomId" = d."atomId" and o.state = any(${instead}::"DeliveryState"[]))`
        : empty
    }
    ${inSlice(slice, { account: sql`d."accountId"`, attachment: sql`d."attachmentId"` })})`

/** What all sources have in common: where they begin, whom they look at, and when they have enough. */
function inSlice(slice: Part, columns: Columns): Sql {
  const { account, attachment } = columns
  const direction = slice.isBackwards ? sql`desc` : sql`asc`
  return sql`
    ${slice.account === undefined ? empty : sql`and ${account} = ${slice.account}`}
    ${slice.match(columns)}
    ${slice.from === undefined ? empty : sql`and (${account}, ${attachment}) ${beginning(slice)} (${slice.from.accountId}, ${slice.from.attachmentId}::uuid)`}
    order by 1 ${direction}, 2 ${direction} limit ${slice.limit}`
}

/** An attachment of which some Atoms are still to come is looked at again. */
function beginning({ from, isBackwards }: RolloutSlice): Sql {
  if (isBackwards) return from?.atomId === firstAtom ? sql`<` : sql`<=`
  return from?.atomId === lastAtom ? sql`>` : sql`>=`
}

type Columns = { account: Sql; attachment: Sql }
type Match = (columns: Columns) => Sql

/**
 * What a source is asked for, once for each kind of match: each then finds its own by an index, which it could not if
 * they were one condition with an "or".
 */
function matches(match: Narrow): Match[] {
  if (match.kind === 'any') return [() => empty]
  const accountIds = [...match.accountIds]
  const attachmentIds = [...match.attachmentIds]
  const inAccounts: Match = ({ account }) => sql`and ${account} = any(${accountIds})`
  const among: Match = ({ attachment }) => sql`and ${attachment} = any(${attachmentIds}::uuid[])`
  return [...(accountIds.length > 0 ? [inAccounts] : []), ...(attachmentIds.length > 0 ? [among] : [])]
}
