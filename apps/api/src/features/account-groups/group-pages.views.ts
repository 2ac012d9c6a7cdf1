import type { PageOf } from '@packline/contract/field.ts'
import type { Database } from '@packline/database/client.ts'
import type { Prisma } from '@packline/database/generated/client.ts'
import { z } from 'zod'

export type PageQuery = { search: string; page: number; pageSize: number }
export type GroupQuery = PageQuery & { groupId: string }

/** What `ilike` takes for text that is contained somewhere. */
export const patternOf = (search: string) => `%${search.trim().replaceAll(/[\\%_]/g, '\\$&')}%`

type Found<Row extends z.ZodType> = {
  row: Row
  /** A select of all rows. */
  found: Prisma.Sql
  /** How they are sorted, by columns of that select. */
  order: Prisma.Sql
}

/** One page of what a select finds, with how much that is in all: one statement, also past the last page. */
export async function loadPage<Row extends z.ZodType>(
  db: Database,
  { row, found, order }: Found<Row>,
  { page, pageSize }: PageQuery,
): Promise<PageOf<z.output<Row>>> {
  const answer = await db.$queryRaw`
    with found as materialized (${found})
    select (select count(*)::int from found) as total, coalesce((
      select json_agg(shown) from (
        select * from found order by ${order} limit ${pageSize} offset ${(page - 1) * pageSize}) shown), '[]') as rows`
  const [{ total, rows }] = z.tuple([z.object({ total: z.number(), rows: z.array(row) })]).parse(answer)
  return { rows, total, page, pageSize }
}
