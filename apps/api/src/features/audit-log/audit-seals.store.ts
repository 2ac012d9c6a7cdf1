import type { Tx } from '@packline/database/client.ts'
import { Prisma } from '@packline/database/generated/client.ts'
import { z } from 'zod'

/** Any number will do; whoever holds it seals, and the other instances leave it to them. */
const sealLock = 727_004

/**
 * The canonical form of the entry "e", as docs/audit-log.md describes it: a JSON array as PostgreSQL writes jsonb, of
 * every column in this order. Its SHA-256 is the entry's hash.
 */
const canonicalEntry = Prisma.sql`jsonb_build_array(e.id, e."accountId",
  to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), e."actorKind", e."actorId", e."actorName", e."tokenId",
  e.source, e."requestId", e.action, e."objectType", e."objectId", e.before, e.after)::text`

/** The SHA-256 of an entry in its canonical form. */
export const entryHash = Prisma.sql`sha256(convert_to(${canonicalEntry}, 'UTF8'))`

/**
 * A seal's hash, of the columns of these two tables of a statement: over the hash of the seal before it, what the seal
 * says of itself, and the hashes of its entries in their order.
 */
export function sealHashOf(seal: 'g' | 's', entries: 'g' | 'm'): Prisma.Sql {
  const s = Prisma.raw(seal)
  return Prisma.sql`sha256(${s}."previousHash" || convert_to(jsonb_build_array(${s}."accountId", ${s}.sequence,
    ${s}."entryCount", to_char(${s}."sealedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))::text, 'UTF8')
    || ${Prisma.raw(entries)}."entryHashes")`
}

export const firstPreviousHash = Prisma.sql`decode(repeat('00', 32), 'hex')`

const sealed = z.tuple([z.object({ entries: z.number() })])

/**
 * Seals up to this many entries that wait, account by account, and says how many. One statement: a million entries do not
 * travel to Node and back. Entries of transactions that commit later are seen later and go into a later seal; none is
 * passed over. Undefined while another instance seals.
 */
export async function sealWaiting(tx: Tx, limit: number): Promise<number | undefined> {
  const [{ isFree }] = z
    .tuple([z.object({ isFree: z.boolean() })])
    .parse(await tx.$queryRaw`select pg_try_advisory_xact_lock(${sealLock}) as "isFree"`)
  if (!isFree) return undefined

  const rows = await tx.$queryRaw`
    with waiting as materialized (
      select ctid as place, "entryId" from "AuditUnsealed" order by "accountId" limit ${limit}),
    entries as materialized (
      select w.place, e.id, e."accountId", ${entryHash} as hash,
        (row_number() over (partition by e."accountId" order by e.at, e.id))::int as position
      from waiting w join "AuditEntry" e on e.id = w."entryId"
      where not exists (select from "AuditSealEntry" s where s."entryId" = e.id)),
    -- What waits without its entry stays, as does what was sealed before: neither must be forgotten.
    taken as (delete from "AuditUnsealed" u where u.ctid = any (array(select place from entries))),
    grouped as (
      select n.*, coalesce(head.sequence, 0) + 1 as sequence, coalesce(head.hash, ${firstPreviousHash}) as "previousHash",
        date_trunc('milliseconds', now()) as "sealedAt"
      from (
        select "accountId", count(*)::int as "entryCount", string_agg(hash, ''::bytea order by position) as "entryHashes"
        from entries group by "accountId") n
      left join lateral (
        select s.sequence, s.hash from "AuditSeal" s where s."accountId" = n."accountId"
        order by s.sequence desc limit 1) head on true),
    seals as (
      insert into "AuditSeal" ("accountId", sequence, "entryCount", "previousHash", hash, "sealedAt")
      select g."accountId", g.sequence, g."entryCount", g."previousHash", ${sealHashOf('g', 'g')}, g."sealedAt" from grouped g
      returning "accountId", sequence),
    placed as (
      insert into "AuditSealEntry" ("entryId", "accountId", sequence, position, hash)
      select e.id, e."accountId", s.sequence, e.position, e.hash
      from entries e join seals s on s."accountId" = e."accountId"
      returning 1)
    select count(*)::int as entries from placed`
  const [{ entries }] = sealed.parse(rows)
  return entries
}
