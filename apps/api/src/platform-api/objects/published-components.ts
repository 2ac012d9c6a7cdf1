import { findPackView } from '../../read-models/pack-view.ts'
import type { Value } from '../codec/shape.ts'
import type { Row } from '../query/source.views.ts'
import type { ReadContext } from './platform-object.ts'

/** The packs with their components and the three versions of each, as the console's page derives them. */
export async function withComponents(
  rows: readonly Row[],
  { db, actor }: ReadContext,
): Promise<readonly Value[]> {
  const values: Value[] = []
  for (const row of rows) {
    const view = await findPackView(db, actor.accountId, String(row['id']))
    const components = (view?.rows ?? []).map(
      ({ componentId, componentName, componentType, ...versions }) => ({
        componentId,
        componentName,
        componentType,
        currentVersion: versions.current?.version ?? '',
        pendingVersion: versions.pending?.version ?? '',
        latestVersion: versions.latest?.version ?? '',
        deleted: versions.isRemoved,
      }),
    )
    values.push({ ...row, PublisherPackagedComponents: { PublisherPackagedComponent: components } })
  }
  return values
}
