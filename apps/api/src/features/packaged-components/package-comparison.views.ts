import type { ComparisonView, PackageView } from '@packline/contract/packaged-components.ts'
import type { Database } from '@packline/database/client.ts'
import { z } from 'zod'
import type { AccountScope } from '../../platform/actor.ts'
import { findPackages } from './packaged-components.views.ts'

const contentRow = z.object({
  packageId: z.uuid(),
  contentId: z.uuid(),
  sha256: z.string(),
  size: z.number(),
})
export type ComparedContent = z.infer<typeof contentRow>

export type FoundComparison = Pick<ComparisonView, 'older' | 'newer' | 'facts'> & {
  contents: { older: ComparedContent; newer: ComparedContent }
}

const sizeFormat = new Intl.NumberFormat('en')
const sharingWords = (shareable: boolean | null) => {
  if (shareable === null) return '––'
  return shareable ? 'Allowed' : 'Not Allowed'
}

const factReaders: [label: string, read: (view: PackageView, content: ComparedContent) => string][] = [
  ['Version', ({ version }) => version],
  ['Revision', ({ revision }) => String(revision)],
  ['Created', ({ createdAt }) => createdAt],
  ['Created by', ({ createdByName }) => createdByName],
  ['Notes', ({ notes }) => notes],
  ['Sharing', ({ shareable }) => sharingWords(shareable)],
  ['Size', (_view, { size }) => `${sizeFormat.format(size)} bytes`],
  ['SHA-256', (_view, { sha256 }) => sha256],
]

/** Two packages of the account and how they differ, the one made first as the older; undefined if one is unknown. */
export async function findComparison(
  db: Database,
  scope: AccountScope,
  packageIds: readonly [string, string],
): Promise<FoundComparison | undefined> {
  const ids = [...new Set(packageIds.map((id) => id.toLowerCase()))]
  const views = await findPackages(db, scope, ids)
  if (views.length < ids.length) return undefined
  const [older, newer = older] = views.toSorted((one, other) => one.ordinal - other.ordinal)
  if (!older || !newer) return undefined

  const rows = z.array(contentRow).parse(
    await db.$queryRaw`
      select p.id as "packageId", t.id as "contentId", t.sha256, t.size from "PackagedComponent" p
      join "ComponentRevision" r on r.id = p."revisionId" join "Content" t on t.id = r."contentId"
      where p.id = any(${ids}::uuid[])`,
  )
  const contentOf = ({ id }: { id: string }) => {
    const row = rows.find(({ packageId }) => packageId === id)
    if (!row) throw new Error(`Package ${id} has no content`)
    return row
  }
  const contents = { older: contentOf(older), newer: contentOf(newer) }

  const facts = factReaders.map(([label, read]) => {
    const before = read(older, contents.older)
    const after = read(newer, contents.newer)
    return { label, older: before, newer: after, differs: before !== after }
  })
  return { older, newer, facts, contents }
}

const bytesRow = z.tuple([z.object({ bytes: z.instanceof(Uint8Array) })])

/** The text of a content, or undefined if it is none: not UTF-8, or with NUL characters. Read whole, so only small ones. */
export async function readText(db: Database, { contentId }: ComparedContent): Promise<string | undefined> {
  const [{ bytes }] = bytesRow.parse(
    await db.$queryRaw`
      select string_agg(bytes, ''::bytea order by position) as bytes
      from "ContentChunk" where "contentId" = ${contentId}::uuid`,
  )
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return text.includes('\0') ? undefined : text
  } catch {
    return undefined
  }
}
