import { loadPackContents } from '../../read-models/pack-contents.ts'
import { toRows } from '../../read-models/pack-view.ts'
import type { Value } from '../codec/shape.ts'
import type { Row } from '../query/source.views.ts'
import type { ReadContext } from './platform-object.ts'

/**
 * The packs with their components and the three versions of each, as the console's page derives them: three statements a
 * pack, so up to three hundred a page. The source has made sure that the packs are the account's own.
 */
export async function withComponents(rows: readonly Row[], { db }: ReadContext): Promise<readonly Value[]> {
  const values: Value[] = []
  for (const row of rows) {
    const components = toRows(await loadPackContents(db, String(row['id']))).map(
      ({ componentId, componentName, componentType, isRemoved, ...versions }) => ({
        componentId,
        componentName,
        componentType,
        currentVersion: versions.current?.version ?? '',
        pendingVersion: versions.pending?.version ?? '',
        latestVersion: versions.latest?.version ?? '',
        deleted: isRemoved,
      }),
    )
    values.push({ ...row, PublisherPackagedComponents: { PublisherPackagedComponent: components } })
  }
  return values
}
