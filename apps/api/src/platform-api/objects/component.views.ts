import type { Database, Tx } from '@packline/database/client.ts'
import { Prisma } from '@packline/database/generated/client.ts'
import { z } from 'zod'
import type { Source } from '../query/source.views.ts'

/** Contents larger than this are downloaded from the console's API, where they stream. */
export const contentLimit = 10 * 1024 * 1024

/** Components with their current revision, and under `<componentId>~<revision>` with each that they have had. */
export const components: Source = {
  idColumn: 'id',
  properties: { componentId: 'text', name: 'text', type: 'text' },
  select: ({ accountId }) => Prisma.sql`
    select v.id as key, v.id, c.id::text as "componentId", r.revision as version, c.name, c.type::text as type,
      c.folder as "folderFullPath", c."createdAt" as "createdDate", c."createdByName" as "createdBy",
      r."createdAt" as "modifiedDate", r."createdByName" as "modifiedBy", c."deletedAt" is not null as deleted,
      r.revision = c."currentRevision" as "currentVersion", t.id::text as "contentId", t.size as "contentSize",
      json_build_array(c.name, c.folder, c."containsProcessRoute", c."currentRevision") as "etagFacts"
    from "Component" c
    join "ComponentRevision" r on r."componentId" = c.id
    join "Content" t on t.id = r."contentId"
    cross join lateral (
      select c.id || '~' || r.revision as id
      union all select c.id::text where r.revision = c."currentRevision") v
    where c."accountId" = ${accountId}`,
}

const chunkRow = z.object({ contentId: z.uuid(), bytes: z.instanceof(Uint8Array) })

/** Stored contents as text; those that are no text are left out. */
export async function readContentTexts(
  db: Database | Tx,
  contentIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await db.$queryRaw`
    select "contentId", bytes from "ContentChunk" where "contentId" = any(${[...contentIds]}::uuid[]) order by position`
  const chunks = Map.groupBy(z.array(chunkRow).parse(rows), ({ contentId }) => contentId)
  const texts = new Map<string, string>()
  for (const contentId of contentIds) {
    const bytes = Buffer.concat((chunks.get(contentId) ?? []).map((chunk) => chunk.bytes))
    const text = decode(bytes)
    if (text !== undefined) texts.set(contentId, text)
  }
  return texts
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
