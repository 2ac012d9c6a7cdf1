import type { Tx } from '@packline/database/client.ts'
import { z } from 'zod'
import { entryHash, firstPreviousHash, sealHashOf } from './audit-seals.store.ts'

const hex = z.string().regex(/^[0-9a-f]{64}$/)

const checkedSeal = z.object({
  accountId: z.string(),
  sequence: z.number(),
  entryCount: z.number(),
  hash: hex,
  /** Of the seal that it follows, null when that is not there; and what it says itself about that. */
  followedHash: hex.nullable(),
  previousHash: hex,
  isWhole: z.boolean(),
  goneEntryId: z.uuid().nullable(),
  changedEntryId: z.uuid().nullable(),
})
export type CheckedSeal = z.infer<typeof checkedSeal>

export type SealPlace = { accountId: string; sequence: number }

/**
 * The next seals after this place, account by account, each worked out anew from the entries that it covers and compared
 * with what is kept.
 */
export async function checkSeals(tx: Tx, after: SealPlace, limit: number): Promise<CheckedSeal[]> {
  const rows = await tx.$queryRaw`
    with seals as materialized (
      select * from "AuditSeal" where ("accountId", sequence) > (${after.accountId}, ${after.sequence}::int)
      order by "accountId", sequence limit ${limit}),
    entries as (
      select p."accountId", p.sequence, p.position, p."entryId", p.hash,
        e.id is null or e."accountId" <> p."accountId" as "isGone", ${entryHash} <> p.hash as "isChanged"
      from seals s join "AuditSealEntry" p on p."accountId" = s."accountId" and p.sequence = s.sequence
      left join "AuditEntry" e on e.id = p."entryId"),
    summed as (
      select "accountId", sequence, count(*)::int as "entryCount", max(position) as "lastPosition",
        string_agg(hash, ''::bytea order by position) as "entryHashes",
        (array_agg("entryId" order by position) filter (where "isGone"))[1] as "goneEntryId",
        (array_agg("entryId" order by position) filter (where "isChanged"))[1] as "changedEntryId"
      from entries group by "accountId", sequence)
    select s."accountId", s.sequence, s."entryCount", encode(s.hash, 'hex') as hash,
      encode(s."previousHash", 'hex') as "previousHash",
      encode(case s.sequence when 1 then ${firstPreviousHash} else before.hash end, 'hex') as "followedHash",
      coalesce(m."entryCount" = s."entryCount" and m."lastPosition" = s."entryCount"
        and ${sealHashOf('s', 'm')} = s.hash, false) as "isWhole",
      m."goneEntryId", m."changedEntryId"
    from seals s
    left join summed m on m."accountId" = s."accountId" and m.sequence = s.sequence
    left join "AuditSeal" before on before."accountId" = s."accountId" and before.sequence = s.sequence - 1
    order by s."accountId", s.sequence`
  return z.array(checkedSeal).parse(rows)
}

const stray = z.object({ accountId: z.string(), sequence: z.number().nullable(), entryId: z.uuid() })
export type Stray = z.infer<typeof stray>

/** An entry that is placed in a seal that is not there. */
export async function findPlacedNowhere(tx: Tx): Promise<Stray | undefined> {
  const rows = await tx.$queryRaw`
    select p."accountId", p.sequence, p."entryId" from "AuditSealEntry" p
    where not exists (select from "AuditSeal" s where s."accountId" = p."accountId" and s.sequence = p.sequence)
    order by p."accountId", p.sequence, p.position limit 1`
  return z.array(stray).parse(rows)[0]
}

/** An entry that neither is sealed nor waits to be: it came past the log, or its place in a seal was removed. */
export async function findUnannounced(tx: Tx): Promise<Stray | undefined> {
  const rows = await tx.$queryRaw`
    select e."accountId", null as sequence, e.id as "entryId" from "AuditEntry" e
    where not exists (select from "AuditSealEntry" p where p."entryId" = e.id)
      and not exists (select from "AuditUnsealed" u where u."entryId" = e.id)
    order by e."accountId", e.at, e.id limit 1`
  return z.array(stray).parse(rows)[0]
}

/** What waits to be sealed and is not there, or is sealed already. */
export async function findWaitingInVain(tx: Tx): Promise<Stray | undefined> {
  const rows = await tx.$queryRaw`
    select u."accountId", p.sequence, u."entryId" from "AuditUnsealed" u
    left join "AuditSealEntry" p on p."entryId" = u."entryId"
    where p."entryId" is not null or not exists (select from "AuditEntry" e where e.id = u."entryId")
    order by u."accountId", u."entryId" limit 1`
  return z.array(stray).parse(rows)[0]
}

export async function countUnsealed(tx: Tx): Promise<number> {
  const rows = await tx.$queryRaw`select count(*)::int as count from "AuditUnsealed"`
  return z.tuple([z.object({ count: z.number() })]).parse(rows)[0].count
}

const sealHead = z.object({ accountId: z.string(), sequence: z.number(), hash: hex })
export type SealHead = z.infer<typeof sealHead>

/** The seals at these places as they are kept now. */
export async function findSeals(tx: Tx, places: readonly SealPlace[]): Promise<SealHead[]> {
  const rows = await tx.$queryRaw`
    select s."accountId", s.sequence, encode(s.hash, 'hex') as hash
    from jsonb_to_recordset(${JSON.stringify(places)}::jsonb) w("accountId" text, sequence int)
    join "AuditSeal" s on s."accountId" = w."accountId" and s.sequence = w.sequence`
  return z.array(sealHead).parse(rows)
}
