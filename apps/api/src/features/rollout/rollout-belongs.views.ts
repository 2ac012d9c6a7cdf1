import type { RolloutFilter } from '@packline/contract/rollout.ts'
import { Prisma } from '@packline/database/generated/client.ts'

export type Sql = ReturnType<typeof Prisma.sql>
const { sql } = Prisma

/** What tells whether a release concerns an attachment. */
export type Concern = {
  releaseId: string
  packId: string
  /** The release has still to reach those who do not run it. */
  isAwaited: boolean
}

/**
 * Whether some row of the attachment `a` is in this state, or whether the release concerns it at all. Asked of one
 * attachment after the other, by an index each: `offset 0` keeps PostgreSQL from joining all that are in a state with all
 * that are in another, which it takes for cheaper when it expects few.
 */
export function belongs(filter: RolloutFilter | undefined, concern: Concern): Sql {
  const { releaseId, isAwaited } = concern
  const runs = sql`a."releaseId" = ${releaseId}::uuid and a."detachedAt" is null`
  const isReached = sql`exists (
    select from "ReleaseTarget" t where t."releaseId" = ${releaseId}::uuid and t."attachmentId" = a.id offset 0)`
  const awaits = sql`${isAwaited} and a."releaseId" <> ${releaseId}::uuid and a."detachedAt" is null
    and not ${isReached} and ${inAccount('awaiting-release', concern, sql`a."accountId"`)}`
  switch (filter) {
    case undefined:
      return sql`(${isReached} or (${runs}) or (${awaits}))`
    case 'awaiting-release':
      return awaits
    case 'waiting':
    case 'downloading':
    case 'failed':
      return sql`${delivers(filter, releaseId)} and ${inAccount(filter, concern, sql`a."accountId"`)}`
    case 'active':
      return delivers(filter, releaseId)
    case 'suspended':
      return sql`(${delivers('failed', releaseId)} or ${delivers('downloading', releaseId)}
        or ${delivers('waiting', releaseId)}) and ${inAccount(filter, concern, sql`a."accountId"`)}`
    case 'no-atom':
      return sql`${runs} and exists (
        select from "Environment" e
        where e.id = a."environmentId" and e."atomCount" = 0 and e."deletedAt" is null offset 0)`
    case 'not-heard-from':
      return sql`${runs} and exists (
        select from (select * from "EnvironmentAtom" v where v."environmentId" = a."environmentId" offset 0) e
        join "Atom" t on t.id = e."atomId"
        where e."accountId" = a."accountId" and t."nodeCount" = 0 offset 0)`
    case 'superseded':
      return sql`${isReached} and not (${runs}) and not exists (
        select from "Delivery" d
        where d."releaseId" = ${releaseId}::uuid and d.state = 'ACTIVE' and d."accountId" = a."accountId"
          and d."attachmentId" = a.id offset 0)`
    case 'applied-early':
      return sql`exists (
        select from "ReleaseTarget" t
        where t."releaseId" = ${releaseId}::uuid and t."attachmentId" = a.id and t.how = 'MANUAL' offset 0)`
  }
}

/** Without this, nothing in the account is in this state. */
export function inAccount(filter: RolloutFilter | undefined, { packId }: Concern, account: Sql): Sql {
  const isSuspended = sql`exists (
    select from "Account" s where s.id = ${account} and s.status in ('suspended', 'deleted') offset 0)`
  switch (filter) {
    case 'waiting':
    case 'downloading':
    case 'failed':
      return sql`not ${isSuspended}`
    case 'suspended':
      return isSuspended
    case 'awaiting-release':
      return sql`exists (
        select from "AccountGroupPack" gp join "AccountGroupAccount" ga on ga."groupId" = gp."groupId"
        where gp."packId" = ${packId}::uuid and ga."accountId" = ${account} offset 0)`
    case 'no-atom':
      return sql`exists (
        select from "Environment" n
        where n."accountId" = ${account} and n."atomCount" = 0 and n."deletedAt" is null offset 0)`
    case 'not-heard-from':
      return sql`(
        exists (select from "Atom" n where n."accountId" = ${account} and n."nodeCount" = 0 offset 0)
        or exists (
          select from "CloudAccount" c join "Atom" n on n.id = c."atomId"
          where c."accountId" = ${account} and n."nodeCount" = 0 offset 0))`
    default:
      return sql`true`
  }
}

export type Delivered = 'waiting' | 'downloading' | 'failed' | 'active'
export const storedState = (state: Delivered) => sql`${state.toUpperCase()}::"DeliveryState"`

/** The states that are told instead when another node of the Atom is in them. */
const toldInstead: Record<Delivered, readonly Delivered[]> = {
  failed: [],
  downloading: ['failed'],
  waiting: ['failed', 'downloading'],
  active: ['failed', 'downloading', 'waiting'],
}

const delivers = (state: Delivered, releaseId: string) => sql`exists (
  select from "Delivery" d
  where d."releaseId" = ${releaseId}::uuid and d.state = ${storedState(state)} and d."accountId" = a."accountId"
    and d."attachmentId" = a.id and not exists (
      select from "Delivery" o
      where o."releaseId" = d."releaseId" and o."accountId" = d."accountId" and o."attachmentId" = d."attachmentId"
        and o."atomId" = d."atomId"
        and o.state = any(${toldInstead[state].map((other) => other.toUpperCase())}::"DeliveryState"[]) offset 0) offset 0)`
