import type { VersionRef } from '@packline/contract/integration-packs.ts'
import type { ReleaseChange, ReleaseDraft } from '@packline/contract/releases.ts'
import { type ChosenVersions, noVersions } from './wizard-address.ts'

type DraftRow = ReleaseDraft['rows'][number]

export type WizardRow = DraftRow & {
  /** The version to release; null while the choice of the address is still being looked up. */
  chosen: VersionRef | null
  kind: ReleaseChange['kind']
  /** True where somebody chose another version than the preselected one. */
  isOwnChoice: boolean
}

export type WizardRows = {
  rows: WizardRow[]
  /** What the address asks for and this pack does not have, in words. */
  refused: string[]
  counts: Record<ReleaseChange['kind'], number>
}

/** The versions known of a component; without an entry they are not loaded yet. */
export type KnownVersions = ReadonlyMap<string, readonly VersionRef[]>

/** Step 1 of the wizard: the draft with the versions chosen in the address. */
export function wizardRows(draft: ReleaseDraft, chosen: ChosenVersions, known: KnownVersions): WizardRows {
  const components = new Set(draft.rows.map(({ componentId }) => componentId))
  const refused = [...chosen.keys()].some((componentId) => !components.has(componentId))
    ? ['a component that is not part of this release']
    : []
  const rows = draft.rows.map((row): WizardRow => {
    const wanted = chosen.get(row.componentId)
    const found = wanted === undefined ? row.selected : findVersion(row, wanted, known)
    if (found === undefined) refused.push(`a version of ${row.componentName} that cannot be released`)
    const version = found === undefined ? row.selected : found
    return {
      ...row,
      chosen: version,
      kind: version === null ? 'unchanged' : changeKind(row.current, version),
      isOwnChoice: version !== null && version.packageId !== row.selected.packageId,
    }
  })
  const counts = { added: 0, updated: 0, 'rolled-back': 0, unchanged: 0, removed: draft.removed.length }
  for (const { kind } of rows) counts[kind]++
  return { rows, refused, counts }
}

/** The version, null while it is not known yet, undefined when there is none like it. */
function findVersion(row: DraftRow, packageId: string, known: KnownVersions): VersionRef | null | undefined {
  const atHand = [row.selected, row.current].find((one) => one?.packageId === packageId)
  if (atHand) return atHand
  const versions = known.get(row.componentId)
  return versions === undefined ? null : versions.find((one) => one.packageId === packageId)
}

/** Newer and older are told by the order of packaging, never by the version's text. */
function changeKind(current: VersionRef | null, next: VersionRef): ReleaseChange['kind'] {
  if (current === null) return 'added'
  if (current.packageId === next.packageId) return 'unchanged'
  return next.ordinal > current.ordinal ? 'updated' : 'rolled-back'
}

/** Components whose choice has to be looked up before the row can be shown. */
export const componentsToLookUp = ({ rows }: ReleaseDraft, chosen: ChosenVersions): string[] =>
  rows
    .filter((row) => {
      const wanted = chosen.get(row.componentId)
      return wanted !== undefined && wanted !== row.selected.packageId && wanted !== row.current?.packageId
    })
    .map(({ componentId }) => componentId)

/** The choices with one more; choosing the preselected version takes a choice back. */
export function chooseVersion(chosen: ChosenVersions, row: DraftRow, packageId: string): ChosenVersions {
  const next = new Map(chosen)
  if (packageId === row.selected.packageId) next.delete(row.componentId)
  else next.set(row.componentId, packageId)
  return next.size === 0 ? noVersions : next
}

/** The complete content to confirm, or null while a choice is still being looked up. */
export function selectionsOf(
  rows: readonly WizardRow[],
): { componentId: string; packageId: string }[] | null {
  const selections = rows.flatMap(({ componentId, chosen }) =>
    chosen === null ? [] : [{ componentId, packageId: chosen.packageId }],
  )
  return selections.length === rows.length ? selections : null
}

export const changesAnything = ({ counts }: WizardRows) =>
  counts.added + counts.updated + counts['rolled-back'] + counts.removed > 0
