import type pg from 'pg'

/**
 * Fills tables whose indexes are made when they are full: for a million rows that takes a fraction of the time. Keys stay,
 * because others refer to them.
 */
export async function withoutIndexes(
  client: pg.Client,
  tables: readonly string[],
  fill: () => Promise<void>,
) {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
    from pg_index where indrelid = any($1::regclass[]) and not exists (
      select from pg_constraint where conindid = indexrelid)`,
    [tables.map((table) => `"${table}"`)],
  )
  for (const { name } of rows) await client.query(`drop index ${name}`)
  await fill()
  for (const { definition } of rows) await client.query(definition)
}
