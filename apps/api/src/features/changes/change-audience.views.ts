import type { Database } from '@packline/database/client.ts'
import { z } from 'zod'
import type { Audience } from '../../platform/change-feed.ts'

const row = z
  .object({
    kind: z.enum(['release', 'pack', 'environment', 'notices', 'sharing']),
    id: z.uuid(),
    accountId: z.string(),
    userId: z.uuid().nullable(),
  })
  .transform(
    ({ kind, id, accountId, userId }): Audience => ({
      accountId,
      userId: userId ?? undefined,
      hint: kind === 'notices' || kind === 'sharing' ? { kind, id: null } : { kind, id },
    }),
  )

/**
 * What looks different to one of these accounts when something happens to these releases, environments or Atoms, when
 * these packs are shared otherwise, or when these events are told of: releases to the publisher of their pack, their
 * pack also to whoever has it installed, environments to their account and what runs there to its publisher. Nothing is told to an account that could not read it, a suspended one included.
 */
export async function findAudience(
  db: Database,
  ids: readonly string[],
  accountIds: readonly string[],
): Promise<Audience[]> {
  const rows = await db.$queryRaw`
    with listening as (
      select id as "accountId" from "Account"
      where id = any(${[...accountIds]}::text[]) and status not in ('suspended', 'deleted')),
    changed as (
      select r.id, r."packId", k."accountId" from "Release" r join "IntegrationPack" k on k.id = r."packId"
      where r.id = any(${[...ids]}::uuid[])),
    shared as (
      select id as "packId", "accountId" from "IntegrationPack" where id = any(${[...ids]}::uuid[])),
    packs as (
      select "packId", "accountId" from changed union select * from shared),
    places as (
      select e.id, e."accountId" from "Environment" e where e.id = any(${[...ids]}::uuid[])
      union
      select ea."environmentId", ea."accountId" from "EnvironmentAtom" ea where ea."atomId" = any(${[...ids]}::uuid[])),
    running as (
      select distinct a."releaseId", a."packId", k."accountId" from places p
      join "Attachment" a on a."environmentId" = p.id and a."detachedAt" is null
      join "IntegrationPack" k on k.id = a."packId")
    select told.* from (
      select 'release' as kind, id, "accountId", null::uuid as "userId" from changed
      union select 'pack', "packId", "accountId", null from packs
      -- Who sees a pack no more is to hear of it as well: said once, to all accounts of its publisher, and not of which.
      union select 'sharing', (array_agg(shared."packId"))[1], m.id, null
        from shared join "Account" m on m."primaryAccountId" = shared."accountId"
        where m.id = any(${[...accountIds]}::text[]) group by m.id
      union select 'pack', i."packId", i."accountId", null from packs
        join "Installation" i on i."packId" = packs."packId" and i."uninstalledAt" is null
        where i."accountId" = any(${[...accountIds]}::text[])
      union select 'environment', id, "accountId", null from places
      union select 'release', "releaseId", "accountId", null from running
      union select 'pack', "packId", "accountId", null from running
      union select 'notices', n."eventId", n."accountId", n."userId" from "Notice" n
        where n."eventId" = any(${[...ids]}::uuid[]) and n."accountId" = any(${[...accountIds]}::text[])) told
    join listening using ("accountId")`
  return z.array(row).parse(rows)
}
