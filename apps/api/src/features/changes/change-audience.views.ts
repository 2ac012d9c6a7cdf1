import type { ChangeHint } from '@packline/contract/changes.ts'
import type { Database } from '@packline/database/client.ts'
import { z } from 'zod'

const row = z.object({
  kind: z.enum(['release', 'pack', 'environment']),
  id: z.uuid(),
  accountId: z.string(),
})

/**
 * What looks different to one of these accounts when something happens to these releases, environments or Atoms:
 * releases to the publisher of their pack, their pack also to whoever has it installed, environments to their account
 * and what runs there to its publisher. Nothing is told to an account that could not read it.
 */
export async function findAudience(
  db: Database,
  ids: readonly string[],
  accountIds: readonly string[],
): Promise<{ accountId: string; hint: ChangeHint }[]> {
  const rows = await db.$queryRaw`
    with listening as (select unnest(${[...accountIds]}::text[]) as "accountId"),
    changed as (
      select r.id, r."packId", k."accountId" from "Release" r join "IntegrationPack" k on k.id = r."packId"
      where r.id = any(${[...ids]}::uuid[])),
    places as (
      select e.id, e."accountId" from "Environment" e where e.id = any(${[...ids]}::uuid[])
      union
      select ea."environmentId", ea."accountId" from "EnvironmentAtom" ea where ea."atomId" = any(${[...ids]}::uuid[])),
    running as (
      select distinct a."releaseId", a."packId", k."accountId" from places p
      join "Attachment" a on a."environmentId" = p.id and a."detachedAt" is null
      join "IntegrationPack" k on k.id = a."packId")
    select told.* from (
      select 'release' as kind, id, "accountId" from changed
      union select 'pack', "packId", "accountId" from changed
      union select 'pack', i."packId", i."accountId" from changed
        join "Installation" i on i."packId" = changed."packId" and i."uninstalledAt" is null
        where i."accountId" = any(${[...accountIds]}::text[])
      union select 'environment', id, "accountId" from places
      union select 'release', "releaseId", "accountId" from running
      union select 'pack', "packId", "accountId" from running) told
    join listening using ("accountId")`
  return z
    .array(row)
    .parse(rows)
    .map(({ accountId, ...hint }) => ({ accountId, hint }))
}
