import type { Database } from '@packline/database/client.ts'
import { z } from 'zod'
import type { RolloutMatch } from './rollout-sources.views.ts'

const found = z.tuple([
  z.object({
    isFew: z.boolean(),
    accountIds: z.array(z.string()),
    environments: z.array(z.object({ id: z.uuid(), accountId: z.string() })),
    attachmentIds: z.array(z.uuid()),
  }),
])

/** How many names a list is made of; with more of them it is gone through in its order. */
const few = { accounts: 1_000, places: 500 }
/** That many pages of names are looked at to see whether very many have it, and that many names are. */
const sample = { pages: 100, names: 20 }

/**
 * Looks for a text in the names of the accounts, installations, environments and Atoms that a pack concerns. The name of
 * a pack with a single attachment is that of all its installations, and no use here.
 */
export async function searchRollout(
  db: Database,
  { packId, packType }: { packId: string; packType: 'SINGLE' | 'MULTI' },
  search: string,
): Promise<RolloutMatch> {
  const text = search.trim().toLowerCase()
  if (text === '') return { kind: 'any' }
  const pattern = `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`
  // The index holds every two letters of a name; a single one is in most names anyway.
  if ([...text].length < 2) return { kind: 'named', pattern }

  const [{ isFew, ...among }] = found.parse(
    await db.$queryRaw`
      with accounts as materialized (
        select c.id from "Account" c
        cross join lateral (
          select from "Installation" i where i."accountId" = c.id and i."packId" = ${packId}::uuid limit 1) one
        where name_parts(c.name || ' ' || c.id) @> search_parts(${text})
          and (lower(c.name) like ${pattern} or lower(c.id) like ${pattern})
        limit ${few.accounts}),
      -- The index gives all that have a name before the first of them is seen, and there may be a million.
      sampled as materialized (
        select from "InstallationName" n
        tablesample system ((
          select least(100, 100.0 * ${sample.pages} * current_setting('block_size')::float8
            / greatest(pg_relation_size('"InstallationName"'), 1))))
        where ${packType === 'MULTI'} and lower(n.name) like ${pattern}
        limit ${sample.names}),
      installations as materialized (
        select n."installationId" as id from "InstallationName" n
        where ${packType === 'MULTI'} and (select count(*) from sampled) < ${sample.names}
          and name_parts(n.name) @> search_parts(${text}) and lower(n.name) like ${pattern}
          and n."packId" = ${packId}::uuid
        limit ${few.places}),
      environments as materialized (
        select e.id, e."accountId" from "Environment" e
        cross join lateral (
          select from "Attachment" a where a."environmentId" = e.id and a."packId" = ${packId}::uuid limit 1) one
        where name_parts(e.name) @> search_parts(${text}) and lower(e.name) like ${pattern}
        limit ${few.places}),
      atoms as materialized (
        select ea."environmentId" as id, ea."accountId" from "Atom" t
        join "EnvironmentAtom" ea on ea."atomId" = t.id
        cross join lateral (
          select from "Attachment" a where a."environmentId" = ea."environmentId" and a."packId" = ${packId}::uuid
          limit 1) one
        where name_parts(t.name) @> search_parts(${text}) and lower(t.name) like ${pattern}
        limit ${few.places}),
      attachments as materialized (
        select one.id from installations
        cross join lateral (
          select a.id from "Attachment" a where a."installationId" = installations.id limit ${few.places}) one
        limit ${few.places}),
      counted as materialized (
        -- One that has enough is enough: the others are not looked for any more.
        select case when (select count(*) from accounts) >= ${few.accounts} then false
          when (select count(*) from sampled) >= ${sample.names} then false
          when (select count(*) from attachments) >= ${few.places} then false
          when (select count(*) from environments) >= ${few.places} then false
          else (select count(*) from atoms) < ${few.places} end as "isFew")
      select "isFew",
        (select coalesce(array_agg(id), '{}') from accounts where "isFew") as "accountIds",
        (select coalesce(jsonb_agg(distinct jsonb_build_object('id', id, 'accountId', "accountId")), '[]') from (
          select * from environments where "isFew" union select * from atoms where "isFew") places) as environments,
        (select coalesce(array_agg(id), '{}') from attachments where "isFew") as "attachmentIds"
      from counted`,
  )
  return isFew ? { kind: 'among', ...among } : { kind: 'named', pattern }
}
