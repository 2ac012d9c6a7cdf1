import type { RolloutFilter } from '@packline/contract/rollout.ts'
import { Prisma } from '@packline/database/generated/client.ts'
import { inAccount, type Sql } from './rollout-belongs.views.ts'
import {
  beyond,
  directionOf,
  firstAtom,
  type InAccount,
  onwards,
  type RolloutMatch,
  type RolloutSlice,
  since,
  whole,
} from './rollout-places.views.ts'
import { type Source, sourcesOf } from './rollout-sources.views.ts'

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
    const those = (column: Sql, all: readonly InAccount[]) =>
      attachedIn(
        slice,
        column,
        all.filter(({ accountId }) => isAsked(accountId)),
      )
    return [
      inAccounts(listed(filter, slice, accountIds), slice, sources),
      those(sql`x."environmentId"`, match.environments),
      those(sql`x."installationId"`, match.installations),
    ]
  }
  if (account !== undefined) return [inAccounts(listed(filter, slice, [account]), slice, sources)]
  const few = fewAccounts(filter)
  return few ? [inAccounts(few, slice, sources)] : sources.map((source) => source(empty))
}

/** All that is attached in an environment or through an installation is sorted, and as much as that is read. */
const attachedIn = (slice: RolloutSlice, column: Sql, all: readonly InAccount[]) => sql`
  (select null::uuid as "rangeId", e."accountId", o.id as "attachmentId" from (
    select u.id, u."accountId"
    from unnest(${all.map(({ id }) => id)}::uuid[], ${all.map(({ accountId }) => accountId)}::text[]) u (id, "accountId")
    where u."accountId" ${beyond(slice)} ${slice.from.accountId}
    order by u."accountId" ${directionOf(slice)} offset 0) e
  cross join lateral (
    select x.id from "Attachment" x where ${column} = e.id and x."packId" = ${slice.packId}::uuid offset 0) o
  where true ${onwards(slice, sql`e."accountId"`, sql`o.id`)})`

/** The accounts of `accounts`, one after the other: all that the sources give for each. */
function inAccounts(accounts: Sql, slice: RolloutSlice, sources: Source[]): Sql {
  const direction = directionOf(slice)
  const parts = sources.map((source) => source(sql`and x."accountId" = s.id`))
  return sql`
    (select null::uuid as "rangeId", s.id as "accountId", o."attachmentId" from (
      select n.id from (${accounts}) n
      where n.id ${beyond(slice)} ${slice.from.accountId}
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
