import type { Database } from '@packline/database/client.ts'
import { z } from 'zod'

/** What a search text narrows a rollout down to: few attachments, or whatever has a name like that. */
export type RolloutSearch = { attachmentIds: readonly string[] | undefined; pattern: string | undefined }

const found = z.tuple([z.object({ isFew: z.boolean(), ids: z.array(z.uuid()) })])

/** Names that are few enough to begin with them, and attachments that are. */
const few = { names: 500, attachments: 2_000 }

/**
 * Looks for a text in the names of accounts, installations, environments and Atoms that a pack concerns. Where few have
 * it, the list is made of them; where many have it, the list is gone through in its order, and is soon full.
 */
export async function searchRollout(db: Database, packId: string, search: string): Promise<RolloutSearch> {
  const text = search.trim().toLowerCase()
  if (text === '') return { attachmentIds: undefined, pattern: undefined }
  const pattern = `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`
  // The index holds every three letters of a name; a shorter text is in most lists anyway.
  if ([...text].length < 3) return { attachmentIds: undefined, pattern }

  const [{ isFew, ids }] = found.parse(
    await db.$queryRaw`
      with accounts as materialized (
        select c.id from "Account" c
        where name_threes(c.name || ' ' || c.id) @> name_threes(${text})
          and (lower(c.name) like ${pattern} or lower(c.id) like ${pattern})
          and exists (select from "Installation" i where i."accountId" = c.id and i."packId" = ${packId}::uuid)
        limit ${few.names}),
      installations as materialized (
        select i.id from "Installation" i
        where i."packId" = ${packId}::uuid and i."packType" = 'MULTI' and lower(i.name) like ${pattern}
        limit ${few.names}),
      environments as materialized (
        select e.id from "Environment" e
        where name_threes(e.name) @> name_threes(${text}) and lower(e.name) like ${pattern} and exists (
          select from "Attachment" a where a."environmentId" = e.id and a."packId" = ${packId}::uuid)
        limit ${few.names}),
      atoms as materialized (
        select ea."environmentId" as id from "Atom" t join "EnvironmentAtom" ea on ea."atomId" = t.id
        where name_threes(t.name) @> name_threes(${text}) and lower(t.name) like ${pattern} and exists (
          select from "Attachment" a where a."environmentId" = ea."environmentId" and a."packId" = ${packId}::uuid)
        limit ${few.names}),
      counted as materialized (
        select greatest((select count(*) from accounts), (select count(*) from installations),
          (select count(*) from environments), (select count(*) from atoms)) < ${few.names} as "isFew"),
      attachments as materialized (
        select distinct a.id from (
          select id from "Installation" where "packId" = ${packId}::uuid and "accountId" in (select id from accounts)
          union all select id from installations) i
        join "Attachment" a on a."installationId" = i.id
        where (select "isFew" from counted)
        union
        select a.id from "Attachment" a
        where (select "isFew" from counted) and a."packId" = ${packId}::uuid and a."environmentId" in (
          select id from environments union all select id from atoms)
        limit ${few.attachments})
      select "isFew" and (select count(*) from attachments) < ${few.attachments} as "isFew",
        (select coalesce(array_agg(id), '{}') from attachments) as ids
      from counted`,
  )
  return isFew ? { attachmentIds: ids, pattern: undefined } : { attachmentIds: undefined, pattern }
}
