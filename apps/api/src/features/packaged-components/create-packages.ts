import type { Tx } from '@packline/database/client.ts'
import {
  type CreatePackagesPlan,
  type DraftProblem,
  type PackageDraft,
  planCreatePackages,
} from '@packline/domain/packaged-components/plan-create-packages.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import {
  insertPackages,
  listPackagesOf,
  lockComponents,
  type PackageInsert,
} from './packaged-components.store.ts'

/** A problem with its place in the request. */
export type PlacedProblem = DraftProblem & { index: number }

export type CreatePackagesOutcome =
  /** In the order of the drafts. */
  | { kind: 'created'; packageIds: string[] }
  | Exclude<Extract<CreatePackagesPlan, { kind: 'refused' }>, { reason: 'drafts-refused' }>
  | { kind: 'refused'; reason: 'drafts-refused'; problems: readonly PlacedProblem[] }

/** Packages the current content of up to 250 components, all or none. */
export async function createPackages(
  tx: Tx,
  actor: Actor,
  now: Temporal.Instant,
  asked: readonly PackageDraft[],
): Promise<CreatePackagesOutcome> {
  const { accountId } = actor
  // The database writes ids in small letters only, the rules compare them as text.
  const drafts = asked.map((draft) => ({ ...draft, componentId: draft.componentId.toLowerCase() }))
  const componentIds = [...new Set(drafts.map(({ componentId }) => componentId))]
  const components = await lockComponents(tx, accountId, componentIds)
  const packages = await listPackagesOf(
    tx,
    components.map(({ id }) => id),
  )

  const plan = planCreatePackages({
    accountId,
    drafts,
    components: components.map((one) => ({ ...one, hasContent: one.revisionId !== null })),
    packages,
  })
  if (plan.kind === 'refused') {
    if (plan.reason !== 'drafts-refused') return plan
    return { ...plan, problems: placed(drafts, plan.problems) }
  }

  const byId = new Map(components.map((one) => [one.id, one]))
  const inserts = plan.packages.flatMap((one): PackageInsert[] => {
    const component = byId.get(one.componentId)
    if (!component?.revisionId) return []
    const { revisionId, name, type, folder } = component
    return [
      {
        ...one,
        accountId,
        revisionId,
        componentName: name,
        componentType: type,
        folder,
        createdByName: actor.name,
      },
    ]
  })
  const written = await insertPackages(tx, inserts, now)
  const taken = drafts.filter(({ componentId }) => !written.has(componentId))
  if (taken.length > 0) {
    const problems = taken.map(({ componentId }) => ({ componentId, reason: 'version-taken' as const }))
    return { kind: 'refused', reason: 'drafts-refused', problems: placed(drafts, problems) }
  }

  for (const one of inserts) {
    const { componentId, version, shareable, notes, revisionId } = one
    await audit(tx, actor, now, {
      action: 'as.packaged.component ADD',
      objectType: 'packaged-component',
      objectId: written.get(componentId) ?? '',
      after: { componentId, version, shareable, notes, revisionId },
    })
  }
  return { kind: 'created', packageIds: drafts.flatMap(({ componentId }) => written.get(componentId) ?? []) }
}

/** The plan answers in the order of the drafts; only a repeated component is refused at a later place of its own. */
function placed(drafts: readonly PackageDraft[], problems: readonly DraftProblem[]): PlacedProblem[] {
  const firstPlace = new Map<string, number>()
  for (const [index, { componentId }] of drafts.entries()) {
    if (!firstPlace.has(componentId)) firstPlace.set(componentId, index)
  }
  let next = 0
  return problems.map((problem) => {
    const isHere = ({ componentId }: PackageDraft, index: number) =>
      index >= next &&
      componentId === problem.componentId &&
      (problem.reason === 'duplicate-component') === (firstPlace.get(componentId) !== index)
    const index = drafts.findIndex(isHere)
    next = index + 1
    return { ...problem, index }
  })
}
