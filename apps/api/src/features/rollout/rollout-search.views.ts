import type { Database } from '@packline/database/client.ts'
import { z } from 'zod'
import type { RolloutMatch } from './rollout-sources.views.ts'

const found = z.tuple([
  z.object({ isFew: z.boolean(), accountIds: z.array(z.string()), attachmentIds: z.array(z.uuid()) }),
])

/** How many names a list is made of; with more of them it is gone through in its order. */
const few = { accounts: 1_000, places: 500 }

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
      installations as materialized (
        select i.id from "Installation" i
        where ${packType === 'MULTI'} and i."packId" = ${packId}::uuid and lower(i.name) like ${pattern}
        limit ${few.places}),
      environments as materialized (
        select e.id from "Environment" e
        cross join lateral (
          select from "Attachment" a where a."environmentId" = e.id and a."packId" = ${packId}::uuid limit 1) one
        where name_parts(e.name) @> search_parts(${text}) and lower(e.name) like ${pattern}
        limit ${few.places}),
      atoms as materialized (
        select one."environmentId" as id from "Atom" t
        cross join lateral (
          select a."environmentId" from "EnvironmentAtom" ea
          join "Attachment" a on a."environmentId" = ea."environmentId" and a."packId" = ${packId}::uuid
          where ea."atomId" = t.id limit ${few.places}) one
        where name_parts(t.name) @> search_parts(${text}) and lower(t.name) like ${pattern}
        limit ${few.places}),
      counted as materialized (
        -- One that has enough is enough: the others are not looked for any more.
        select case when (select count(*) from accounts) >= ${few.accounts} then false
          when (select count(*) from installations) >= ${few.places} then false
          when (select count(*) from environments) >= ${few.places} then false
          else (select count(*) from atoms) < ${few.places} end as "isFew"),
      attachments as materialized (
        select a.id from "Attachment" a
        where (select "isFew" from counted) and a."installationId" in (select id from installations)
        union
        select a.id from "Attachment" a
        where (select "isFew" from counted) and a."packId" = ${packId}::uuid and a."environmentId" in (
          select id from environments union all select id from atoms))
      select "isFew",
        (select coalesce(array_agg(id), '{}') from accounts where (select "isFew" from counted)) as "accountIds",
        (select coalesce(array_agg(id), '{}') from attachments) as "attachmentIds"
      from counted`,
  )
  return isFew ? { kind: 'among', ...among } : { kind: 'named', pattern }
}
