import type { RolloutFilter } from '@packline/contract/rollout.ts'
import { Prisma } from '@packline/database/generated/client.ts'
import { type Concern, type Delivered, inAccount, type Sql, storedState } from './rollout-belongs.views.ts'

export type RolloutPlace = { accountId: string; attachmentId: string; atomId: string }

/** Where an environment without Atom stands, and what is past every Atom of an attachment. */
export const firstAtom = '00000000-0000-0000-0000-000000000000'
export const lastAtom = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

/** What a search has narrowed the list down to: a few accounts, environments and attachments, or whatever has such a name. */
export type RolloutMatch =
  | { kind: 'any' }
  | { kind: 'named'; pattern: string }
  | {
      kind: 'among'
      accountIds: readonly string[]
      environments: readonly { id: string; accountId: string }[]
      attachmentIds: readonly string[]
    }

/** Where to look for rows of a rollout, and how far. */
export type RolloutSlice = Concern & {
  packType: 'SINGLE' | 'MULTI'
  /** The pack's current release is this one: few have left it. */
  isCurrent: boolean
  account: string | undefined
  from: RolloutPlace | undefined
  isBackwards: boolean
  /** How many attachments of each range are looked at. */
  atOnce: number
}

const { sql, empty } = Prisma

/**
 * Where those are that may be in this state, in the order of the list: ranges of indexes from the slice's place on, each
 * as far as the slice wants it or to its end. They give the number of their "part", their "rangeId" where a part has
 * several, and "accountId" and "attachmentId"; an account that was looked at stands there with the attachment
 * `firstAtom`, whatever it has. What of it belongs to the list is asked of each then.
 */
export function rolloutRanges(
  filter: RolloutFilter | undefined,
  slice: RolloutSlice,
  match: RolloutMatch,
): Sql {
  const sources = sourcesOf(filter, slice)
  if (sources.length === 0)
    return sql`(select 0 as part, null::uuid as "rangeId", null::text as "accountId",
    null::uuid as "attachmentId" where false)`
  const parts = partsOf(filter, slice, match, sources)
  return Prisma.join(
    parts.map((one, at) => sql`(select ${at}::int as part, p.* from ${one} p)`),
    ' union all ',
  )
}

/** The releases of the pack that anything runs, whatever their number ever was. */
export const releasesInUse = ({ packId }: Concern) => {
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

function partsOf(
  filter: RolloutFilter | undefined,
  slice: RolloutSlice,
  match: RolloutMatch,
  sources: Source[],
): Sql[] {
  const { account } = slice
  if (match.kind === 'among') {
    const isAsked = (id: string) => account === undefined || id === account
    const accountIds = match.accountIds.filter(isAsked)
    const environments = match.environments.filter(({ accountId }) => isAsked(accountId))
    const theirAccounts = [...new Set(environments.map(({ accountId }) => accountId))]
    return [
      inAccounts(listed(filter, slice, accountIds), slice, sources),
      inAccounts(listed(filter, slice, theirAccounts), slice, [attachedIn(slice, environments)]),
      among(slice, match.attachmentIds),
    ]
  }
  if (account !== undefined) return [inAccounts(listed(filter, slice, [account]), slice, sources)]
  const few = fewAccounts(filter)
  return few ? [inAccounts(few, slice, sources)] : sources.map((source) => source(empty))
}

/** Attachments by an index; the condition is on "accountId" of `x`. */
type Source = (condition: Sql) => Sql

function sourcesOf(filter: RolloutFilter | undefined, slice: RolloutSlice): Source[] {
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

/** All that is attached in an environment is sorted, and as much as that is read. */
const attachedIn =
  (slice: RolloutSlice, environments: readonly { id: string; accountId: string }[]): Source =>
  (condition) =>
    sql`
    (select null::uuid as "rangeId", x."accountId", x.id as "attachmentId"
    from unnest(${environments.map(({ id }) => id)}::uuid[], ${environments.map(({ accountId }) => accountId)}::text[])
      e (id, "accountId")
    join "Attachment" x on x."environmentId" = e.id
    where x."packId" = ${slice.packId}::uuid and e."accountId" = s.id ${condition}
      ${onwards(slice, sql`x."accountId"`, sql`x.id`)})`

const among = (slice: RolloutSlice, attachmentIds: readonly string[]) => sql`
  (select null::uuid as "rangeId", x."accountId", x.id as "attachmentId" from "Attachment" x
  where x.id = any(${[...attachmentIds]}::uuid[]) and x."packId" = ${slice.packId}::uuid
    ${slice.account === undefined ? empty : sql`and x."accountId" = ${slice.account}`}
    ${onwards(slice, sql`x."accountId"`, sql`x.id`)})`

/** The accounts of `accounts`, one after the other: all that the sources give for each. */
function inAccounts(accounts: Sql, slice: RolloutSlice, sources: Source[]): Sql {
  const direction = directionOf(slice)
  const parts = sources.map((source) => source(sql`and x."accountId" = s.id`))
  return sql`
    (select null::uuid as "rangeId", s.id as "accountId", o."attachmentId" from (
      select n.id from (${accounts}) n
      where true ${slice.from ? sql`and n.id ${slice.isBackwards ? sql`<=` : sql`>=`} ${slice.from.accountId}` : empty}
      -- The first one may be through.
      order by n.id ${direction} limit ${whole(slice.atOnce + 1)}) s
    cross join lateral (
      select y."attachmentId" from (
        select m."attachmentId" from (values (${firstAtom}::uuid)) m ("attachmentId")
        where true ${since(slice, sql`s.id`, sql`m."attachmentId"`)}
        union all select z."attachmentId" from (${Prisma.join(parts, ' union all ')}) z) y
      order by 1 ${direction} limit ${whole(slice.atOnce)}) o
    order by 2 ${direction}, 3 ${direction} limit ${whole(slice.atOnce)})`
}

const listed = (filter: RolloutFilter | undefined, slice: RolloutSlice, accountIds: readonly string[]) => sql`
  select l.id from unnest(${[...accountIds]}::text[]) l (id) where ${inAccount(filter, slice, sql`l.id`)}`

/** Of states that few accounts have anything in: those accounts, and maybe some others. */
function fewAccounts(filter: RolloutFilter | undefined): Sql | undefined {
  switch (filter) {
    case 'suspended':
      return sql`select id from "Account" where status in ('suspended', 'deleted')`
    case 'no-atom':
      return sql`select distinct "accountId" as id from "Environment" where "atomCount" = 0 and "deletedAt" is null`
    case 'not-heard-from':
      return sql`
        select distinct "accountId" as id from "Atom" where "nodeCount" = 0
        union
        select c."accountId" from "Atom" t join "CloudAccount" c on c."atomId" = t.id
        where t."nodeCount" = 0 and t.type = 'CLOUD'`
    default:
      return undefined
  }
}

const directionOf = ({ isBackwards }: RolloutSlice) => (isBackwards ? sql`desc` : sql`asc`)
/** As text, because of a parameter PostgreSQL would not know that it is small. */
const whole = (count: number) => Prisma.raw(String(Math.trunc(count)))

/** What all sources have in common: where they begin, in which order they go on, and when they have enough. */
const onwards = (slice: RolloutSlice, account: Sql, attachment: Sql) => sql`
  ${since(slice, account, attachment)}
  order by ${account} ${directionOf(slice)}, ${attachment} ${directionOf(slice)} limit ${whole(slice.atOnce)}`

const since = (slice: RolloutSlice, account: Sql, attachment: Sql) =>
  slice.from === undefined
    ? empty
    : sql`and (${account}, ${attachment}) ${beginning(slice)} (${slice.from.accountId}, ${slice.from.attachmentId}::uuid)`

/** An attachment of which some Atoms are still to come is looked at again. */
function beginning({ from, isBackwards }: RolloutSlice): Sql {
  if (isBackwards) return from?.atomId === firstAtom ? sql`<` : sql`<=`
  return from?.atomId === lastAtom ? sql`>` : sql`>=`
}
