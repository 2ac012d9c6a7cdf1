import { loadContentsOfPacks } from '../../read-models/pack-contents.ts'
import { toRows } from '../../read-models/pack-view.ts'
import type { Value } from '../codec/shape.ts'
import type { Row } from '../query/source.views.ts'
import type { ReadContext } from './platform-object.ts'

/**
 * The packs with their components and the three versions of each, as the console's page derives them. The source has
 * made sure that the packs are the account's own.
 */
export async function withComponents(rows: readonly Row[], { db }: ReadContext): Promise<readonly Value[]> {
  const ids = rows.map((row) => String(row['id']))
  const contents = await loadContentsOfPacks(db, ids)
  return rows.map((row, index) => {
    const components = (contents[index] ? toRows(contents[index]) : []).map(
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
    return { ...row, PublisherPackagedComponents: { PublisherPackagedComponent: components } }
  })
}
