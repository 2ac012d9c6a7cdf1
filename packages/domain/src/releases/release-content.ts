import type { PackagedComponent } from '../packaged-components/packaged-component.ts'
import { packSizeLimit } from '../packs/pack-item.ts'
import { packTypeTakes } from '../packs/pack-type.ts'
import type { PackState } from './pack-state.ts'

/** One line of a release as people choose it. The list is complete: what it omits is not in the release. */
export type VersionSelection = { componentId: string; packageId: string }

export type ContentRefusal =
  | 'pack-empty'
  | 'too-many-components'
  | 'duplicate-component'
  | 'component-not-in-pack'
  | 'version-not-of-component'
  | 'version-deleted'
  | 'version-not-shareable'
  | 'api-service-in-multi'

export type ContentCheck<Package> =
  | { kind: 'ok'; content: readonly Package[]; effects: RowEffects }
  | { kind: 'refused'; reason: ContentRefusal; componentIds: readonly string[] }

/** What confirming this content does to the pack's rows; it replaces the effects of a release it supersedes. */
export type RowEffects = {
  /** Rows left out: they leave the pack when the release goes out. */
  leavingComponentIds: readonly string[]
  /** Removed rows that the content contains: no longer removed. */
  undeletedComponentIds: readonly string[]
  /** Contained without a row, from an earlier release: the row comes when the release goes out. */
  returningComponentIds: readonly string[]
}

/** Checks a complete list of chosen versions against the pack (R-7, R-8, R-26, R-27, R-39, D-5, D-10). */
export function checkReleaseContent<Package extends PackagedComponent>(
  selections: readonly VersionSelection[],
  pack: PackState<Package>,
): ContentCheck<Package> {
  if (selections.length === 0) return { kind: 'refused', reason: 'pack-empty', componentIds: [] }
  if (selections.length > packSizeLimit) {
    return { kind: 'refused', reason: 'too-many-components', componentIds: [] }
  }

  const content: Package[] = []
  const refused = new Map<ContentRefusal, string[]>()
  const seen = new Set<string>()
  for (const selection of selections) {
    const outcome = seen.has(selection.componentId) ? 'duplicate-component' : choose(selection, pack)
    seen.add(selection.componentId)
    if (typeof outcome !== 'string') content.push(outcome)
    else refused.set(outcome, [...(refused.get(outcome) ?? []), selection.componentId])
  }
  for (const [reason, componentIds] of refused) return { kind: 'refused', reason, componentIds }
  return { kind: 'ok', content, effects: rowEffects(seen, pack) }
}

function choose<Package extends PackagedComponent>(
  { componentId, packageId }: VersionSelection,
  pack: PackState<Package>,
): Package | ContentRefusal {
  const belongs =
    pack.items.some((item) => item.componentId === componentId) ||
    pack.earlierComponentIds.includes(componentId)
  const component = pack.components.find(({ id }) => id === componentId)
  if (!belongs || !component) return 'component-not-in-pack'
  if (!packTypeTakes(pack.type, component.type)) return 'api-service-in-multi'

  const chosen = pack.packages.find(({ id }) => id === packageId)
  if (chosen?.componentId !== componentId) return 'version-not-of-component'
  if (chosen.isDeleted) return 'version-deleted'
  return chosen.shareable ? chosen : 'version-not-shareable'
}

function rowEffects(selected: ReadonlySet<string>, { items }: PackState): RowEffects {
  const rows = new Set(items.map(({ componentId }) => componentId))
  const idsOf = (some: PackState['items']) => some.map(({ componentId }) => componentId)
  return {
    leavingComponentIds: idsOf(items.filter(({ componentId }) => !selected.has(componentId))),
    undeletedComponentIds: idsOf(
      items.filter(({ componentId, isRemoved }) => isRemoved && selected.has(componentId)),
    ),
    returningComponentIds: [...selected].filter((componentId) => !rows.has(componentId)),
  }
}
