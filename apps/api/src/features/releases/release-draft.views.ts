import type { ReleaseDraft } from '@packline/contract/releases.ts'
import type { Database } from '@packline/database/client.ts'
import { packRows } from '@packline/domain/packs/pack-rows.ts'
import { z } from 'zod'
import type { AccountScope } from '../../platform/actor.ts'
import { loadPackContents, type LoadedContents, type NamedPackage } from '../../read-models/pack-contents.ts'
import { releaseSummaries } from '../../read-models/release-summary.ts'
import { loadReleaseContents } from './releases.views.ts'

const packRow = z.object({ id: z.uuid(), name: z.string(), version: z.number() })
const countRow = z.object({ componentId: z.uuid(), count: z.number() })

export type DraftRequest = { packId: string; rollBackTo?: string | undefined; replaces?: string | undefined }
export type DraftOutcome =
  | { kind: 'found'; draft: ReleaseDraft }
  | { kind: 'refused'; reason: 'pack-not-found' | 'release-not-found' | 'release-not-scheduled' }

/**
 * The wizard's first step: the components to release, each with the version it would take by default (latest, else
 * pending, else current), the scheduled one when versions are changed, or the earlier one when rolling back.
 */
export async function findReleaseDraft(
  db: Database,
  scope: AccountScope,
  request: DraftRequest,
): Promise<DraftOutcome> {
  const packs = await db.$queryRaw`
    select id, name, version from "IntegrationPack"
    where id = ${request.packId}::uuid and "accountId" = ${scope} and "deletedAt" is null`
  const [pack] = z.array(packRow).parse(packs)
  if (!pack) return { kind: 'refused', reason: 'pack-not-found' }

  const contents = await loadPackContents(db, pack.id)
  const summaries = await releaseSummaries(db, { scope, packIds: [pack.id] })
  const earlier = request.rollBackTo === undefined ? undefined : summaries.get(request.rollBackTo)
  if (request.rollBackTo !== undefined && !earlier) return { kind: 'refused', reason: 'release-not-found' }
  if (request.replaces !== undefined && contents.scheduled?.releaseId !== request.replaces) {
    return { kind: 'refused', reason: 'release-not-scheduled' }
  }

  const selected = earlier
    ? await contentOf(db, pack.id, earlier.id)
    : request.replaces === undefined
      ? defaults(contents)
      : scheduledThenDefaults(contents)
  const counts = await countVersions(
    db,
    selected.map(({ componentId }) => componentId),
  )
  const current = new Map(contents.current.map((one) => [one.componentId, one]))
  const kept = new Set(selected.map(({ componentId }) => componentId))
  const scheduled = contents.scheduled && summaries.get(contents.scheduled.releaseId)
  return {
    kind: 'found',
    draft: {
      packId: pack.id,
      packName: pack.name,
      packVersion: pack.version,
      replaces: request.replaces ?? null,
      rollsBackTo: earlier ? { id: earlier.id, sequence: earlier.sequence } : null,
      rows: selected
        .map((one) => ({
          componentId: one.componentId,
          componentName: one.componentName,
          componentType: one.componentType,
          current: refOf(current.get(one.componentId)),
          selected: { packageId: one.id, version: one.version, ordinal: one.ordinal },
          problem: problemOf(one),
          versionCount: counts.get(one.componentId) ?? 0,
        }))
        .sort(byName),
      removed: contents.current
        .filter(({ componentId }) => !kept.has(componentId))
        .map(removedRow)
        .sort(byName),
      dropped: earlier
        ? defaults(contents)
            .filter(({ componentId }) => !kept.has(componentId) && !current.has(componentId))
            .map(removedRow)
            .sort(byName)
        : [],
      notes: request.replaces === undefined ? '' : (scheduled?.notes ?? ''),
      scheduled: scheduled ?? null,
    },
  }
}

type Selected = NamedPackage

const removedRow = ({ componentId, componentName, componentType, version }: Selected) => ({
  componentId,
  componentName,
  componentType,
  version,
})

/** Preselected versions can be released, but those of an earlier release may have been deleted since. */
const problemOf = ({ isDeleted, shareable }: Selected): ReleaseDraft['rows'][number]['problem'] =>
  isDeleted ? 'version-deleted' : shareable ? null : 'version-not-shareable'

const defaults = (contents: LoadedContents): Selected[] =>
  packRows(contents).flatMap(({ defaultVersion }) => defaultVersion ?? [])

function scheduledThenDefaults(contents: LoadedContents): Selected[] {
  const scheduled = new Map((contents.scheduled?.content ?? []).map((one) => [one.componentId, one]))
  return defaults(contents).map((one) => scheduled.get(one.componentId) ?? one)
}

async function contentOf(db: Database, packId: string, releaseId: string): Promise<Selected[]> {
  return (await loadReleaseContents(db, packId)).get(releaseId) ?? []
}

/** How many versions of each component could be selected instead. */
async function countVersions(db: Database, componentIds: readonly string[]) {
  const rows = await db.$queryRaw`
    select "componentId", count(*)::int as count from "PackagedComponent"
    where "componentId" = any(${[...componentIds]}::uuid[]) and shareable and "deletedAt" is null
    group by "componentId"`
  return new Map(
    z
      .array(countRow)
      .parse(rows)
      .map(({ componentId, count }) => [componentId, count]),
  )
}

const refOf = (one: NamedPackage | undefined) =>
  one ? { packageId: one.id, version: one.version, ordinal: one.ordinal } : null

const byName = (a: { componentName: string }, b: { componentName: string }) =>
  a.componentName.localeCompare(b.componentName)
