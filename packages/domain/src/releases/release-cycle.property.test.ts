import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PackagedComponent } from '../packaged-components/packaged-component.ts'
import { isShownDeleted } from '../packs/pack-item.ts'
import { packRows } from '../packs/pack-rows.ts'
import { planAddPackages } from '../packs/plan-add-packages.ts'
import { planRemovePackage } from '../packs/plan-remove-package.ts'
import { planUndeletePackage } from '../packs/plan-undelete-package.ts'
import { itemsAfterRelease } from './items-after-release.ts'
import type { PackState } from './pack-state.ts'
import { planChangeVersions } from './plan-change-versions.ts'
import { planRelease } from './plan-release.ts'
import { releaseReadiness } from './release-readiness.ts'
import { now, packState, process, row, version } from './test-data/packs.ts'

const componentIds = ['orders', 'stock', 'prices']

type World = { pack: PackState; releases: number }

const emptyWorld: World = {
  pack: packState({ components: componentIds.map((id) => process(id)) }),
  releases: 0,
}

const next = (world: World, facts: Partial<PackState>): World => ({
  ...world,
  pack: { ...world.pack, ...facts },
})

/** Everything people and the job do to a pack, as the store would carry it out. Refusals change nothing. */
const steps = {
  package: (world: World, id: string, shareable: boolean) => {
    const { packages } = world.pack
    const ordinal = packages.filter(({ componentId }) => componentId === id).length + 1
    return next(world, { packages: [...packages, version(`${id}-${ordinal}`, { shareable })] })
  },
  add: (world: World, id: string) => {
    const { pack } = world
    const { items, components, packages, current } = pack
    const plan = planAddPackages({
      pack: { accountId: 'orchard', type: pack.type, items },
      componentIds: [id],
      components,
      packages,
      current,
    })
    if (plan.kind === 'refused') return world
    const [outcome] = plan.outcomes
    if (!outcome || outcome.outcome === 'already-there') return world
    const others = items.filter(({ componentId }) => componentId !== id)
    return next(world, { items: [...others, row(id, outcome.pendingPackageId)] })
  },
  remove: (world: World, id: string) =>
    planRemovePackage(id, world.pack.items).kind === 'planned'
      ? next(world, {
          items: world.pack.items.map((item) =>
            item.componentId === id ? { ...item, isRemoved: true } : item,
          ),
        })
      : world,
  undelete: (world: World, id: string) => {
    const plan = planUndeletePackage(id, world.pack)
    if (plan.kind !== 'planned') return world
    const items = world.pack.items.map((item) =>
      item.componentId === id ? row(id, plan.pendingPackageId) : item,
    )
    return next(world, { items })
  },
  releaseNow: (world: World) => goOut(confirm(world, plan(world, { kind: 'immediate' }))),
  schedule: (world: World) => confirm(world, plan(world, { kind: 'dated', date: '2026-11-28' })),
  changeVersions: (world: World) => {
    const option = { kind: 'dated', date: '2026-11-29' } as const
    return confirm(world, planChangeVersions(request(world, option)))
  },
  dateReached: (world: World) => goOut(world),
}

function request({ pack }: World, option: Parameters<typeof planRelease>[0]['option']) {
  const selections = packRows(pack).flatMap(({ componentId, defaultVersion }) =>
    defaultVersion ? [{ componentId, packageId: defaultVersion.id }] : [],
  )
  return { pack, selections, option, notes: '', scheduler: { timeZone: 'Europe/Berlin' }, now }
}

const plan = (world: World, option: Parameters<typeof planRelease>[0]['option']) =>
  planRelease(request(world, option))

function confirm(world: World, outcome: ReturnType<typeof planChangeVersions>): World {
  if (outcome.kind === 'refused') return world
  const releaseId = `r${world.releases + 1}`
  const leaving = new Set(outcome.leavingComponentIds)
  const items = world.pack.items.map((item) =>
    leaving.has(item.componentId)
      ? { ...item, leavesWithReleaseId: releaseId }
      : { ...item, isRemoved: false, leavesWithReleaseId: null },
  )
  const confirmed = next(world, { items, scheduled: { releaseId, content: outcome.content } })
  return { ...confirmed, releases: world.releases + 1 }
}

function goOut(world: World): World {
  const { scheduled, items, earlierComponentIds } = world.pack
  if (!scheduled) return world
  const ids = scheduled.content.map(({ componentId }) => componentId)
  return next(world, {
    items: itemsAfterRelease(items, { id: scheduled.releaseId, componentIds: ids }),
    current: scheduled.content,
    scheduled: null,
    earlierComponentIds: [...new Set([...earlierComponentIds, ...ids])],
  })
}

const anyId = fc.constantFrom(...componentIds)
const anyStep = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.tuple(anyId, fc.integer({ min: 0, max: 4 })).map(
      ([id, share]) =>
        (w: World) =>
          steps.package(w, id, share > 0),
    ),
  },
  { weight: 3, arbitrary: anyId.map((id) => (world: World) => steps.add(world, id)) },
  { weight: 2, arbitrary: anyId.map((id) => (world: World) => steps.remove(world, id)) },
  { weight: 2, arbitrary: anyId.map((id) => (world: World) => steps.undelete(world, id)) },
  { weight: 1, arbitrary: fc.constant(steps.releaseNow) },
  { weight: 1, arbitrary: fc.constant(steps.schedule) },
  { weight: 1, arbitrary: fc.constant(steps.changeVersions) },
  { weight: 1, arbitrary: fc.constant(steps.dateReached) },
)

const anyHistory = fc.array(anyStep, { maxLength: 60, size: 'max' })
const endOf = (history: ((world: World) => World)[]) =>
  history.reduce((world, step) => step(world), emptyWorld)
const ids = (content: readonly PackagedComponent[]) => content.map(({ id }) => id).toSorted()

test('R-26 the button is shown exactly when releasing the default versions at once is possible', () => {
  fc.assert(
    fc.property(anyHistory, (history) => {
      const world = endOf(history)
      const outcome = plan(world, { kind: 'immediate' })
      const isReady = releaseReadiness(world.pack, false).kind === 'ready'
      // A scheduled release may also be brought forward as it is; that is Release now, not this button.
      if (world.pack.scheduled === null) expect(isReady).toBe(outcome.kind === 'planned')
      else if (isReady) expect(outcome.kind).toBe('planned')
    }),
    { numRuns: 2000 },
  )
})

test('R-36 after a release of the default versions everything is released and nothing is pending', () => {
  fc.assert(
    fc.property(anyHistory, (history) => {
      const before = endOf(history)
      const outcome = plan(before, { kind: 'immediate' })
      fc.pre(outcome.kind === 'planned')
      const { pack } = steps.releaseNow(before)
      expect(releaseReadiness(pack, false)).toEqual({ kind: 'nothing-to-release', why: 'all-released' })
      for (const { current, pending, latest } of packRows(pack)) {
        expect(current).not.toBeNull()
        expect([pending.kind, latest]).toEqual(['blank', null])
      }
    }),
    { numRuns: 2000 },
  )
})

test('R-38 nothing done between confirmation and date changes what goes out', () => {
  fc.assert(
    fc.property(anyHistory, fc.array(anyId, { maxLength: 6 }), (history, later) => {
      const scheduled = steps.schedule(endOf(history))
      fc.pre(scheduled.pack.scheduled !== null)
      const edited = later.reduce((world, id, n) => {
        const packaged = steps.package(world, id, true)
        return n % 2 === 0 ? steps.add(packaged, id) : steps.remove(packaged, id)
      }, scheduled)
      expect(ids(goOut(edited).pack.current)).toEqual(ids(scheduled.pack.scheduled?.content ?? []))
    }),
    { numRuns: 2000 },
  )
})

test('in every state the rows, the content and the columns hold together', () => {
  fc.assert(
    fc.property(anyHistory, (history) => {
      const { pack } = endOf(history)
      const rows = packRows(pack)
      // one row a component.: only shareable versions are current or scheduled.
      expect(new Set(rows.map(({ componentId }) => componentId)).size).toBe(rows.length)
      expect([...pack.current, ...(pack.scheduled?.content ?? [])].every(({ shareable }) => shareable)).toBe(
        true,
      )
      // A row that is not shown as Deleted has a version in Current or Pending, and something to release.
      const deleted = new Set(pack.items.filter(isShownDeleted).map(({ componentId }) => componentId))
      for (const { componentId, current, pending, defaultVersion } of rows) {
        const isLive = !deleted.has(componentId)
        expect(defaultVersion !== null).toBe(isLive)
        expect(pending.kind === 'deleted').toBe(!isLive)
        if (isLive) expect(current !== null || pending.kind === 'version').toBe(true)
      }
      // Everything consumers run has a row, or is about to leave them.
      const listed = new Set(rows.map(({ componentId }) => componentId))
      expect(pack.current.every(({ componentId }) => listed.has(componentId))).toBe(true)
    }),
    { numRuns: 2000 },
  )
})
