import type { Database } from '@packline/database/client.ts'
import { z } from 'zod'
import type { AtomScope } from '../../platform/actor.ts'

const neededContent = z.object({
  contentId: z.uuid(),
  sha256: z.string(),
  size: z.number(),
  mediaType: z.string(),
  fileName: z.string(),
  isHeld: z.boolean(),
})

/** The content of a package that something in this Atom's environments runs; undefined for every other one. */
export async function findNeededContent(db: Database, atomId: AtomScope, packageId: string) {
  const rows = await db.$queryRaw`
    select c.id as "contentId", c.sha256, c.size, c."mediaType", p."componentName" || ' ' || p.version as "fileName",
      bool_and(o.status in ('suspended', 'deleted')) as "isHeld"
    from "EnvironmentAtom" e
    join "Account" o on o.id = e."accountId"
    join "PackagedComponent" p on p.id = ${packageId}::uuid
    join "ComponentRevision" v on v.id = p."revisionId"
    join "Content" c on c.id = v."contentId"
    where e."atomId" = ${atomId}::uuid and (
      exists (
        select from "Attachment" a
        join "ReleaseItem" i on i."releaseId" = a."releaseId" and i."packageId" = ${packageId}::uuid
        where a."environmentId" = e."environmentId" and a."accountId" = e."accountId" and a."detachedAt" is null)
      or exists (
        select from "Deployment" d
        where d."environmentId" = e."environmentId" and d."accountId" = e."accountId" and d."endedAt" is null
          and d."packageId" = ${packageId}::uuid))
    group by c.id, p.id`
  return z.array(neededContent).parse(rows)[0]
}
