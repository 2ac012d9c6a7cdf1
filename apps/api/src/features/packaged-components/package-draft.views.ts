import { componentType } from '@packline/contract/components.ts'
import type { PackageDraft } from '@packline/contract/packaged-components.ts'
import type { Database } from '@packline/database/client.ts'
import { maySharePackages } from '@packline/domain/packaged-components/component-type.ts'
import { nextVersion } from '@packline/domain/packaged-components/package-version.ts'
import { z } from 'zod'
import type { AccountScope } from '../../platform/actor.ts'

const draftRow = z
  .object({
    id: z.uuid(),
    accountId: z.string(),
    name: z.string(),
    type: componentType,
    folder: z.string(),
    containsProcessRoute: z.boolean(),
    currentRevision: z.number(),
    /** Of all packages, deleted ones too: their versions stay taken. */
    versions: z.array(z.string()),
  })
  .transform((row): PackageDraft['components'][number] => ({
    componentId: row.id,
    componentName: row.name,
    componentType: row.type,
    folder: row.folder,
    containsProcessRoute: row.containsProcessRoute,
    canBeShared: maySharePackages(row),
    currentRevision: row.currentRevision,
    nextVersion: nextVersion(row.versions),
  }))

/** What the wizard shows of the chosen components, by name. Deleted and foreign ones are left out alike. */
export async function findPackageDraft(
  db: Database,
  scope: AccountScope,
  componentIds: readonly string[],
): Promise<PackageDraft> {
  const rows = await db.$queryRaw`
    select c.id, c."accountId", c.name, c.type, c.folder, c."containsProcessRoute", c."currentRevision",
      array(select p.version from "PackagedComponent" p where p."componentId" = c.id) as versions
    from "Component" c
    where c."accountId" = ${scope} and c."deletedAt" is null and c.id = any(${componentIds}::uuid[])
    order by lower(c.name), c.id`
  return { components: z.array(draftRow).parse(rows) }
}
