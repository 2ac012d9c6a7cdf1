import { effectiveFeatures, featureTable, isAccountFeature } from '@packline/domain/accounts/features.ts'
import type { PackType } from '@packline/domain/packs/pack-type.ts'
import { planAddPackages } from '@packline/domain/packs/plan-add-packages.ts'
import { planCreatePack } from '@packline/domain/packs/plan-create-pack.ts'
import { planRemovePackage } from '@packline/domain/packs/plan-remove-package.ts'
import { type DemoGroupName, groupId, publisherId } from '../demo-accounts.ts'
import { demoId } from '../demo-id.ts'
import {
  changePack,
  componentNamed,
  type PackHistory,
  packStateAt,
  refusedBy,
  type Step,
  type StoryBook,
  tell,
} from './pack-history.ts'

const allFeatures = effectiveFeatures(Object.keys(featureTable).filter(isAccountFeature))

export function createPack(
  book: StoryBook,
  { at, by, ...draft }: Step & { name: string; type: PackType; description: string },
): PackHistory {
  const plan = planCreatePack(draft, allFeatures)
  if (plan.kind === 'refused') throw refusedBy(draft.name, plan.reason)
  const { name, type, description } = plan
  const id = demoId('integration-pack', name)
  const history: PackHistory = {
    book,
    pack: { id, name, type, description, createdAt: at, by },
    version: 0,
    changed: { at, byName: by.name },
    currentReleaseId: null,
    items: [],
    releases: [],
    groups: [],
    installations: [],
    attachments: [],
    targets: [],
    deliveries: [],
    events: [],
  }
  changePack(history, { at, by }, { action: 'as.ipack ADD', after: { name, type, description } })
  return history
}

/** Adds the newest shareable version that each of these components had at that time. */
export function addPackages(history: PackHistory, componentNames: readonly string[], step: Step) {
  const state = packStateAt(history, step.at)
  const plan = planAddPackages({
    ...state,
    pack: { accountId: publisherId, type: history.pack.type, items: state.items },
    componentIds: componentNames.map((name) => componentNamed(history, name)),
  })
  if (plan.kind === 'refused') throw refusedBy(history.pack.name, plan.reason)
  const added = plan.outcomes.filter(({ outcome }) => outcome === 'added')
  history.items.push(
    ...added.map(({ componentId, pendingPackageId }) => ({
      componentId,
      pendingPackageId,
      isRemoved: false,
      leavesWithReleaseId: null,
      addedAt: step.at,
      removedAt: null,
    })),
  )
  changePack(history, step, { action: 'as.ipack.package ADD', after: { packages: added } })
}

/** Removes a row; it goes with the next release. */
export function removePackage(history: PackHistory, componentName: string, step: Step) {
  const componentId = componentNamed(history, componentName)
  const plan = planRemovePackage(componentId, history.items)
  if (plan.kind !== 'planned') throw refusedBy(history.pack.name, `${componentName}: ${plan.kind}`)
  history.items = history.items.map((item) =>
    item.componentId === componentId ? { ...item, isRemoved: true, removedAt: step.at } : item,
  )
  changePack(history, step, { action: 'as.ipack.package DELETE', before: { componentId } })
}

/** Puts the pack, which must have been released, into an account group. */
export function sharePack(history: PackHistory, group: DemoGroupName, { at, by }: Step) {
  if (history.currentReleaseId === null) throw refusedBy(history.pack.name, 'not released')
  history.groups.push(group)
  tell(history, {
    at,
    author: by,
    accountId: publisherId,
    action: 'as.accountgroup.resource ADD NONE',
    objectType: 'account-group',
    objectId: groupId(group),
    after: { packId: history.pack.id },
  })
}
