import type { AuditActor } from '@packline/contract/audit-log.ts'
import type { Database } from '@packline/database/client.ts'
import { z } from 'zod'
import type { AccountScope } from '../../platform/actor.ts'

const mostActors = 500

/**
 * Who has done something in the account: users and Atoms, under the name they had last. Goes from one actor to the next
 * along the index, so that a million entries of one of them cost no more than one.
 */
export async function listAuditActors(db: Database, scope: AccountScope): Promise<AuditActor[]> {
  const rows = await db.$queryRaw`
    with recursive actors (id) as (
      (select "actorId" from "AuditEntry" where "accountId" = ${scope} and "actorId" is not null
      order by "actorId" limit 1)
      union all
      select (select e."actorId" from "AuditEntry" e
        where e."accountId" = ${scope} and e."actorId" > a.id order by e."actorId" limit 1)
      from actors a where a.id is not null)
    select a.id, last.name from (select id from actors where id is not null limit ${mostActors}) a
    cross join lateral (
      select e."actorName" as name from "AuditEntry" e
      where e."accountId" = ${scope} and e."actorId" = a.id order by e.at desc, e.id desc limit 1) last
    order by lower(last.name), a.id`
  return z.array(z.object({ id: z.uuid(), name: z.string() })).parse(rows)
}
