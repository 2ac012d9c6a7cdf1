import { checkNotes } from '../text/notes.ts'
import { type Component, maySharePackages } from './component-type.ts'
import { checkPackageVersion, type PackageVersionRefusal } from './package-version.ts'
import type { PackagedComponent } from './packaged-component.ts'

export const packagesAtOnceLimit = 250

/** What the wizard asks for. No version asks for the next number, sharing is off unless asked for. */
export type PackageDraft = {
  componentId: string
  version?: string | undefined
  notes?: string | undefined
  shareable?: boolean | undefined
}

export type DraftProblem = {
  componentId: string
  reason:
    | 'component-not-found'
    | 'component-without-content'
    | 'duplicate-component'
    | 'sharing-not-possible'
    | 'notes-too-long'
    | PackageVersionRefusal
}

/** A package to write. `ordinal` is the component's next one. */
export type NewPackage = {
  componentId: string
  ordinal: number
  version: string
  notes: string
  shareable: boolean
}

export type CreatePackagesPlan =
  | { kind: 'planned'; packages: readonly NewPackage[] }
  | { kind: 'refused'; reason: 'nothing-selected' | 'too-many-packages' }
  | { kind: 'refused'; reason: 'drafts-refused'; problems: readonly DraftProblem[] }

export type CreatePackagesRequest = {
  accountId: string
  drafts: readonly PackageDraft[]
  /** Components that exist; `hasContent` tells whether there is a revision to package. */
  components: readonly (Component & { hasContent: boolean })[]
  /** All packages of these components, deleted ones included. */
  packages: readonly PackagedComponent[]
}

/** Plans up to 250 new packages, all of them or none, with the reason for each draft that cannot be (R-19..R-21, R-24). */
export function planCreatePackages(request: CreatePackagesRequest): CreatePackagesPlan {
  const { drafts } = request
  if (drafts.length === 0) return { kind: 'refused', reason: 'nothing-selected' }
  if (drafts.length > packagesAtOnceLimit) return { kind: 'refused', reason: 'too-many-packages' }

  const packages: NewPackage[] = []
  const problems: DraftProblem[] = []
  const seen = new Set<string>()
  for (const draft of drafts) {
    const outcome = seen.has(draft.componentId) ? 'duplicate-component' : planOne(draft, request)
    seen.add(draft.componentId)
    if (typeof outcome === 'string') problems.push({ componentId: draft.componentId, reason: outcome })
    else packages.push(outcome)
  }
  return problems.length > 0
    ? { kind: 'refused', reason: 'drafts-refused', problems }
    : { kind: 'planned', packages }
}

function planOne(draft: PackageDraft, request: CreatePackagesRequest): NewPackage | DraftProblem['reason'] {
  const { version: versionText = '', notes: notesText = '', shareable = false } = draft
  const component = request.components.find(({ id }) => id === draft.componentId)
  // Another account's component gets the same answer as none, so that ids reveal nothing.
  if (component?.accountId !== request.accountId) return 'component-not-found'
  if (!component.hasContent) return 'component-without-content'
  if (shareable && !maySharePackages(component)) return 'sharing-not-possible'

  const existing = request.packages.filter(({ componentId }) => componentId === draft.componentId)
  const version = checkPackageVersion(
    versionText,
    existing.map((one) => one.version),
  )
  if (version.kind === 'refused') return version.reason
  const notes = checkNotes(notesText)
  if (notes.kind === 'refused') return notes.reason

  return {
    componentId: draft.componentId,
    ordinal: Math.max(0, ...existing.map(({ ordinal }) => ordinal)) + 1,
    version: version.version,
    notes: notes.notes,
    shareable,
  }
}
