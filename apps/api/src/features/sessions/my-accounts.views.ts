import { accountChoice, type AccountChoice } from '@packline/contract/session.ts'
import type { PageOf } from '@packline/contract/field.ts'
import type { Database, Tx } from '@packline/database/client.ts'
import { Prisma } from '@packline/database/generated/client.ts'
import { cleanLine } from '@packline/domain/text/clean-text.ts'
import { z } from 'zod'

type Wanted = { search?: string | undefined; page: number; pageSize: number }

/**
 * The accounts the user may work in, those worked in last before the others by name. What each says about how one came
 * to it is read for the page only: through an account group somebody has a thousand.
 */
export async function listMyAccounts(
  db: Database | Tx,
  userId: string,
  { search, page, pageSize }: Wanted,
): Promise<PageOf<AccountChoice>> {
  const text = cleanLine(search ?? '')
  const found = Prisma.sql`
    "Account" a where a.status <> 'deleted'
      and a.id in (select w."accountId" from "AccountAccess" w where w."userId" = ${userId}::uuid)
      and (${text} = '' or strpos(lower(a.name), lower(${text})) > 0 or strpos(lower(a.id), lower(${text})) > 0)`
  const order = Prisma.sql`"visitedAt" desc nulls last, lower(name), id`
  const [rows, totals] = await Promise.all([
    db.$queryRaw`
      select a.id, a.name, a.status, held.roles, came.groups,
        case when not held."isDirect" then (select r.name from "Role" r where r.id = a."supportAccessRoleId") end
          as "cappedBy"
      from (
        select a.*, (
          select v."visitedAt" from "AccountVisit" v where v."userId" = ${userId}::uuid and v."accountId" = a.id)
          as "visitedAt"
        from ${found}
        order by ${order} limit ${pageSize} offset ${(page - 1) * pageSize}) a
      cross join lateral (
        select json_agg(distinct r.name) as roles, bool_and(w."isDirect") as "isDirect"
        from "AccountAccess" w join "Role" r on r.id = w."roleId"
        where w."userId" = ${userId}::uuid and w."accountId" = a.id) held
      cross join lateral (
        select coalesce(json_agg(distinct g.name), '[]') as groups
        from "AccountGroupUser" gu
        join "AccountGroupAccount" ga on ga."groupId" = gu."groupId" and ga."accountId" = a.id
        join "AccountGroup" g on g.id = gu."groupId"
        where gu."userId" = ${userId}::uuid and not held."isDirect") came
      order by ${order}`,
    db.$queryRaw`select count(*)::int as total from ${found}`,
  ])
  const [{ total }] = z.tuple([z.object({ total: z.number() })]).parse(totals)
  return { rows: z.array(accountChoice).parse(rows), total, page, pageSize }
}
