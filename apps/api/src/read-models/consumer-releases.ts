import { componentType } from '@packline/contract/components.ts'
import type { ConsumerRelease } from '@packline/contract/consumer-releases.ts'
import type { ReleaseChange } from '@packline/contract/releases.ts'
import type { Database, Tx } from '@packline/database/client.ts'
import { releaseChanges } from '@packline/domain/releases/release-changes.ts'
import { describeWindow } from '@packline/domain/time/describe-window.ts'
import { z } from 'zod'

const packageRow = z.object({
  id: z.uuid(),
  componentId: z.uuid(),
  componentName: z.string(),
  componentType,
  version: z.string(),
  ordinal: z.number(),
  shareable: z.boolean(),
  isDeleted: z.boolean(),
})

const row = z.object({
  id: z.uuid(),
  timing: z.enum(['IMMEDIATE', 'DATED']),
  releaseOn: z.string().nullable(),
  timeZone: z.string().nullable(),
  dueAt: z.date(),
  windowEndsAt: z.date(),
  startedAt: z.date().nullable(),
  isRollback: z.boolean(),
  notes: z.string(),
  packages: z.array(packageRow),
})

type LoadedRelease = { view: ConsumerRelease; packages: z.infer<typeof packageRow>[] }

export type LoadedReleases = {
  /** The release as a consumer sees it; throws for one that was not asked for. */
  get: (releaseId: string) => ConsumerRelease
  /** What changes from one release to the other, over all releases between them; unchanged components left out. */
  changesBetween: (fromReleaseId: string, toReleaseId: string) => ReleaseChange[]
}

/**
 * Releases with their content as managed accounts see them, in one statement. The caller names only releases that the
 * account runs, or that are current or scheduled in a pack it sees.
 */
export async function loadConsumerReleases(
  db: Database | Tx,
  releaseIds: Iterable<string | null>,
): Promise<LoadedReleases> {
  const ids = [...new Set(releaseIds)].filter((id) => id !== null)
  const rows = await db.$queryRaw`
    select r.id, r.timing, r."releaseOn"::text, r."timeZone", r."dueAt", r."windowEndsAt", r."startedAt", r."isRollback",
      r.notes, coalesce(json_agg(json_build_object('id', p.id, 'componentId', p."componentId", 'componentName',
        p."componentName", 'componentType', p."componentType", 'version', p.version, 'ordinal', p.ordinal, 'shareable',
        p.shareable, 'isDeleted', p."deletedAt" is not null) order by lower(p."componentName"), p."componentId")
        filter (where p.id is not null), '[]') as packages
    from "Release" r
    left join "ReleaseItem" i on i."releaseId" = r.id
    left join "PackagedComponent" p on p.id = i."packageId"
    where r.id = any(${ids}::uuid[])
    group by r.id`
  const releases = new Map(
    z
      .array(row)
      .parse(rows)
      .map((one) => [one.id, { view: toView(one), packages: one.packages }]),
  )
  const find = (id: string): LoadedRelease => {
    const found = releases.get(id)
    if (!found) throw new Error(`Release ${id} was not loaded`)
    return found
  }
  return {
    get: (id) => find(id).view,
    changesBetween: (from, to) => changes(find(from).packages, find(to).packages),
  }
}

function toView({
  packages,
  dueAt,
  windowEndsAt,
  startedAt,
  ...release
}: z.infer<typeof row>): ConsumerRelease {
  const { releaseOn, timeZone } = release
  return {
    ...release,
    releasedAt: startedAt?.toISOString() ?? null,
    window:
      releaseOn === null || timeZone === null
        ? null
        : {
            start: dueAt.toISOString(),
            end: windowEndsAt.toISOString(),
            kind: describeWindow(releaseOn, timeZone).kind,
          },
    components: packages.map((one) => ({
      componentId: one.componentId,
      componentName: one.componentName,
      componentType: one.componentType,
      version: one.version,
    })),
  }
}

type Package = z.infer<typeof packageRow>

function changes(from: Package[], to: Package[]): ReleaseChange[] {
  const ref = (one: Package | null) => one && { packageId: one.id, version: one.version }
  return releaseChanges(from, to)
    .changes.filter(({ kind }) => kind !== 'unchanged')
    .map((change) => {
      const { componentName, componentType: type } = change.to ?? change.from
      return {
        componentId: change.componentId,
        componentName,
        componentType: type,
        kind: change.kind,
        from: ref(change.from),
        to: ref(change.to),
      }
    })
}
