import { type Component, maySharePackages } from '../packaged-components/component-type.ts'
import { newestShareable, type PackagedComponent } from '../packaged-components/packaged-component.ts'
import { isShownDeleted, type PackItem, packSize, packSizeLimit } from './pack-item.ts'
import { type PackType, packTypeTakes } from './pack-type.ts'
import { pendingAfterUndelete } from './plan-undelete-package.ts'

export type AddPackageRefusal =
  | 'component-not-found'
  | 'type-not-allowed'
  | 'api-service-in-multi'
  | 'no-shareable-version'

/** What happens to each component: a new row, a row no longer deleted, or nothing. */
export type AddPackageOutcome = {
  componentId: string
  outcome: 'added' | 'undeleted' | 'already-there'
  pendingPackageId: string | null
}

export type AddPackagesPlan =
  | { kind: 'planned'; outcomes: readonly AddPackageOutcome[] }
  | { kind: 'refused'; reason: 'nothing-selected' }
  | { kind: 'refused'; reason: 'pack-full'; room: number }
  | {
      kind: 'refused'
      reason: 'components-refused'
      problems: readonly { componentId: string; reason: AddPackageRefusal }[]
    }

export type AddPackagesRequest = {
  pack: { accountId: string; type: PackType; items: readonly PackItem[] }
  componentIds: readonly string[]
  /** Those of the components that exist and are not deleted. */
  components: readonly Component[]
  packages: readonly PackagedComponent[]
  /** Content of the current release; empty before the first one. */
  current: readonly PackagedComponent[]
}

/** Adds the newest shareable version of each component, all of them or none, up to 100 in the pack (R-7..R-12, R-14). */
export function planAddPackages(request: AddPackagesRequest): AddPackagesPlan {
  const componentIds = [...new Set(request.componentIds)]
  if (componentIds.length === 0) return { kind: 'refused', reason: 'nothing-selected' }

  const outcomes: AddPackageOutcome[] = []
  const problems: { componentId: string; reason: AddPackageRefusal }[] = []
  for (const componentId of componentIds) {
    const outcome = planOne(componentId, request)
    if (typeof outcome === 'string') problems.push({ componentId, reason: outcome })
    else outcomes.push(outcome)
  }
  if (problems.length > 0) return { kind: 'refused', reason: 'components-refused', problems }

  const room = packSizeLimit - packSize(request.pack.items)
  const newcomers = outcomes.filter(({ outcome }) => outcome !== 'already-there').length
  return newcomers > room ? { kind: 'refused', reason: 'pack-full', room } : { kind: 'planned', outcomes }
}

function planOne(componentId: string, request: AddPackagesRequest): AddPackageOutcome | AddPackageRefusal {
  const { pack, components, packages, current } = request
  const item = pack.items.find((one) => one.componentId === componentId)
  if (item && !isShownDeleted(item)) {
    return { componentId, outcome: 'already-there', pendingPackageId: item.pendingPackageId }
  }
  if (item) {
    return { componentId, outcome: 'undeleted', pendingPackageId: pendingAfterUndelete(item, current) }
  }

  const reason = refusalOf(
    components.find(({ id }) => id === componentId),
    pack,
  )
  if (reason !== null) return reason
  const newest = newestShareable(componentId, packages)
  return newest ? { componentId, outcome: 'added', pendingPackageId: newest.id } : 'no-shareable-version'
}

function refusalOf(
  component: Component | undefined,
  pack: AddPackagesRequest['pack'],
): AddPackageRefusal | null {
  // Another account's component gets the same answer as none, so that ids reveal nothing.
  if (component?.accountId !== pack.accountId) return 'component-not-found'
  if (!maySharePackages(component)) return 'type-not-allowed'
  return packTypeTakes(pack.type, component.type) ? null : 'api-service-in-multi'
}
