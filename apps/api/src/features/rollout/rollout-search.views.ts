import type { Database } from '@packline/database/client.ts'
import { Prisma } from '@packline/database/generated/client.ts'
import { z } from 'zod'
import type { RolloutMatch } from './rollout-places.views.ts'

const { sql } = Prisma
const inAccount = z.array(z.object({ id: z.string(), accountId: z.string() }))
const found = z.tuple([
  z.object({
    isFew: z.boolean(),
    accountIds: z.array(z.string()),
    environments: inAccount,
    installations: inAccount,
  }),
])

/** How many names a list is made of; with more of them it is gone through in its order. */
const few = { accounts: 1_000, places: 2_000 }
/**
 * The same when so many of those on so many pages of a table have the text that going through the list fills its pages:
 * an index gives all that have it before the first is seen, and there may be a million.
 */
const many = { pages: 10, names: 20, ofEach: 20 }

/** Which share of a table's names have the text, from a sample of its pages; all of them where there are few. */
const isNameOfMany = (
  table: 'Account' | 'InstallationName' | 'Environment' | 'Atom',
  pattern: string,
) => sql`(
  select count(*) filter (where lower(n.name) like lower(${pattern})) >= greatest(${many.names}, count(*) / ${many.ofEach})
  from ${Prisma.raw(`"${table}"`)} n tablesample system ((
    select least(100, 100.0 * ${many.pages} * current_setting('block_size')::float8
      / greatest(pg_relation_size(${`"${table}"`}), 1)))))`

/**
 * Looks for a text in the names of the accounts, installations, environments and Atoms that a pack concerns. The name of
 * a pack with a single attachment is that of all its installations, and no use here.
 */
export async function searchRollout(
  db: Database,
  { packId, packType }: { packId: string; packType: 'SINGLE' | 'MULTI' },
  search: string,
): Promise<RolloutMatch> {
  const text = search.trim()
  if (text === '') return { kind: 'any' }
  const pattern = `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`
  // The index holds every two letters of a name; a single one is in most names anyway.
  if ([...text].length < 2) return { kind: 'named', pattern }

  const [{ isFew, ...among }] = found.parse(
    await db.$queryRaw`
      with sampled as materialized (
        select ${isNameOfMany('Account', pattern)} or ${isNameOfMany('Environment', pattern)}
          or ${isNameOfMany('Atom', pattern)}
          or ${packType === 'MULTI'} and ${isNameOfMany('InstallationName', pattern)} as "isMany"),
      accounts as materialized (
        select c.id from "Account" c
        cross join lateral (
          select from "Installation" i where i."accountId" = c.id and i."packId" = ${packId}::uuid limit 1) one
        where not (select "isMany" from sampled) and name_parts(c.name || ' ' || c.id) @> search_parts(${text})
          and (lower(c.name) like lower(${pattern}) or lower(c.id) like lower(${pattern}))
        limit ${few.accounts}),
      installations as materialized (
        select n."installationId" as id, n."accountId" from "InstallationName" n
        where ${packType === 'MULTI'} and not (select "isMany" from sampled)
          and name_parts(n.name) @> search_parts(${text}) and lower(n.name) like lower(${pattern})
          and n."packId" = ${packId}::uuid
        limit ${few.places}),
      environments as materialized (
        select e.id, e."accountId" from "Environment" e
        cross join lateral (
          select from "Attachment" a where a."environmentId" = e.id and a."packId" = ${packId}::uuid limit 1) one
        where not (select "isMany" from sampled) and name_parts(e.name) @> search_parts(${text}) and lower(e.name) like lower(${pattern})
        limit ${few.places}),
      atoms as materialized (
        select ea."environmentId" as id, ea."accountId" from "Atom" t
        join "EnvironmentAtom" ea on ea."atomId" = t.id
        cross join lateral (
          select from "Attachment" a where a."environmentId" = ea."environmentId" and a."packId" = ${packId}::uuid
          limit 1) one
        where not (select "isMany" from sampled) and name_parts(t.name) @> search_parts(${text}) and lower(t.name) like lower(${pattern})
        limit ${few.places}),
      counted as materialized (
        -- One that has enough is enough: the others are not looked for any more.
        select case when (select "isMany" from sampled) then false
          when (select count(*) from accounts) >= ${few.accounts} then false
          when (select count(*) from installations) >= ${few.places} then false
          when (select count(*) from environments) >= ${few.places} then false
          else (select count(*) from atoms) < ${few.places} end as "isFew")
      select "isFew",
        (select coalesce(array_agg(id), '{}') from accounts where "isFew") as "accountIds",
        (select coalesce(jsonb_agg(places), '[]') from (
          select * from environments where "isFew" union select * from atoms where "isFew") places) as environments,
        (select coalesce(jsonb_agg(installations), '[]') from installations where "isFew") as installations
      from counted`,
  )
  return isFew ? { kind: 'among', ...among } : { kind: 'named', pattern }
}
