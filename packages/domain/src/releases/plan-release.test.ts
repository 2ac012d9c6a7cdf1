import { describe, expect, test } from 'vitest'
import { type Facts, now, packState, process, row, select, version, versions } from './test-data/packs.ts'
import { type PlannedRelease, planRelease, type ReleaseRequest } from './plan-release.ts'

const berlin = { timeZone: 'Europe/Berlin' }
const immediately = { kind: 'immediate' } as const
const onDate = (date: string) => ({ kind: 'dated', date }) as const
const scheduled = (...ids: string[]) => ({ releaseId: 'r2', content: versions(...ids) })

const releasedOnce: Facts = {
  items: [row('orders'), row('stock')],
  packages: versions('orders-1', 'orders-2', 'stock-1'),
  current: versions('orders-1', 'stock-1'),
  earlierComponentIds: ['orders', 'stock'],
}

function plan(
  selections: ReleaseRequest['selections'],
  facts: Facts = {},
  request: Partial<ReleaseRequest> = {},
) {
  const pack = packState({ ...releasedOnce, ...facts })
  return planRelease({ pack, selections, option: immediately, notes: '', scheduler: berlin, now, ...request })
}

function planned(...args: Parameters<typeof plan>): PlannedRelease {
  const outcome = plan(...args)
  if (outcome.kind === 'refused') throw new Error(`refused: ${outcome.reason}`)
  return outcome
}

function reasonOf(...args: Parameters<typeof plan>) {
  const outcome = plan(...args)
  return outcome.kind === 'refused' ? outcome.reason : outcome.kind
}

const update = select('orders-2', 'stock-1')
const same = select('orders-1', 'stock-1')

describe('R-26 a release needs at least one package and a difference', () => {
  test('no package: refused, also when every row was removed (D-10)', () => {
    expect(reasonOf([])).toBe('pack-empty')
    expect(reasonOf([], { items: [row('orders', null, { isRemoved: true })] })).toBe('pack-empty')
  })

  test('exactly what is current: refused', () => {
    expect(reasonOf(same)).toBe('versions-unchanged')
    expect(reasonOf(same.toReversed())).toBe('versions-unchanged')
  })

  test('a first release is a difference', () => {
    const facts = { items: [row('orders', 'orders-1')], current: [], earlierComponentIds: [] }
    expect(planned(select('orders-1'), facts).changes.counts).toMatchObject({ added: 1 })
  })

  test('a deletion alone is a difference', () => {
    expect(planned(select('orders-1')).changes.counts).toMatchObject({ unchanged: 1, removed: 1 })
  })
})

describe('R-27 any active, shareable version of the component may be chosen', () => {
  test('a newer one', () => {
    expect(planned(update).content.map(({ id }) => id)).toEqual(['orders-2', 'stock-1'])
  })

  test('R-37 an older one: a rollback', () => {
    const { changes } = planned(same, { current: versions('orders-2', 'stock-1') })
    expect(changes.isRollback).toBe(true)
    expect(changes.counts).toMatchObject({ 'rolled-back': 1, unchanged: 1 })
  })

  test.each<[string, string, Facts]>([
    ['a deleted one', 'version-deleted', { packages: [version('orders-2', { isDeleted: true })] }],
    [
      'one that is not shareable',
      'version-not-shareable',
      { packages: [version('orders-2', { shareable: false })] },
    ],
    [
      'one of another component',
      'version-not-of-component',
      { packages: [version('orders-2', { componentId: 'stock' })] },
    ],
    ['an unknown one', 'version-not-of-component', { packages: [] }],
  ])('%s is refused', (_what, reason, { packages = [] }) => {
    const facts = { packages: [...versions('orders-1', 'stock-1'), ...packages] }
    expect(plan(update, facts)).toEqual({ kind: 'refused', reason, componentIds: ['orders'] })
  })
})

describe('R-39 the selection is complete', () => {
  test('rows left out leave the pack with the release', () => {
    const items = [row('orders'), row('stock'), row('old', null, { isRemoved: true })]
    expect(planned(select('orders-2'), { items }).leavingComponentIds).toEqual(['stock', 'old'])
  })

  test('a removed row that is selected is undeleted', () => {
    const items = [row('orders'), row('stock', null, { isRemoved: true })]
    expect(planned(update, { items })).toMatchObject({
      undeletedComponentIds: ['stock'],
      leavingComponentIds: [],
    })
  })

  test('a component of an earlier release may come back without a row (D-5)', () => {
    expect(planned(update, { items: [row('orders')] })).toMatchObject({
      returningComponentIds: ['stock'],
      leavingComponentIds: [],
    })
  })

  test('a component that the pack never had is refused', () => {
    const packages = versions('orders-1', 'orders-2', 'stock-1', 'alien-1')
    expect(plan([...update, ...select('alien-1')], { packages })).toEqual({
      kind: 'refused',
      reason: 'component-not-in-pack',
      componentIds: ['alien'],
    })
  })

  test('a component twice is refused', () => {
    expect(plan([...update, ...select('orders-1')])).toMatchObject({
      reason: 'duplicate-component',
      componentIds: ['orders'],
    })
  })
})

test('R-7 a MULTI pack never releases an API Service component', () => {
  const components = [process('orders', { type: 'webservice' }), process('stock')]
  expect(plan(update, { type: 'MULTI', components })).toEqual({
    kind: 'refused',
    reason: 'api-service-in-multi',
    componentIds: ['orders'],
  })
  expect(plan(update, { type: 'SINGLE', components }).kind).toBe('planned')
})

test('R-8 100 packages are released, 101 refused', () => {
  const ids = Array.from({ length: 101 }, (_, n) => `c${n}-1`)
  const facts = { items: ids.map((id) => row(version(id).componentId, id)), packages: versions(...ids) }
  expect(reasonOf(select(...ids.slice(0, 100)), facts)).toBe('planned')
  expect(reasonOf(select(...ids), facts)).toBe('too-many-components')
})

describe('R-28 immediate or dated', () => {
  test('R-31 immediate is due now, in no zone', () => {
    expect(planned(update).schedule).toEqual({
      timing: 'IMMEDIATE',
      releaseOn: null,
      timeZone: null,
      dueAt: now,
      window: { start: now, end: now.add({ hours: 1 }) },
    })
  })

  test('immediate needs no zone in User Information', () => {
    expect(reasonOf(update, {}, { scheduler: { timeZone: null } })).toBe('planned')
  })

  test('R-40 dated goes out in the first hour of the date in the scheduler’s zone', () => {
    const { schedule } = planned(update, {}, { option: onDate('2026-11-28') })
    expect(schedule).toEqual({
      timing: 'DATED',
      releaseOn: '2026-11-28',
      timeZone: 'Europe/Berlin',
      dueAt: Temporal.Instant.from('2026-11-27T23:00:00Z'),
      window: {
        start: Temporal.Instant.from('2026-11-27T23:00:00Z'),
        end: Temporal.Instant.from('2026-11-28T00:00:00Z'),
      },
    })
  })

  test.each(['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Asia/Kathmandu', 'Pacific/Chatham'])(
    'R-44 the date stays the calendar date that was chosen, in %s too',
    (timeZone) => {
      const { schedule } = planned(update, {}, { option: onDate('2026-11-28'), scheduler: { timeZone } })
      expect(schedule.releaseOn).toBe('2026-11-28')
      expect(schedule.dueAt.toZonedDateTimeISO(timeZone).toPlainDate().toString()).toBe('2026-11-28')
    },
  )

  test('D-14 an old zone name is stored under its modern one', () => {
    const outcome = planned(
      update,
      {},
      { option: onDate('2026-11-28'), scheduler: { timeZone: 'Asia/Katmandu' } },
    )
    expect(outcome.schedule).toMatchObject({ timeZone: 'Asia/Kathmandu' })
    expect(outcome.schedule.dueAt.toString()).toBe('2026-11-27T18:15:00Z')
  })

  test.each<[string, string | null, string]>([
    ['', 'Europe/Berlin', 'date-missing'],
    ['2027-02-29', 'Europe/Berlin', 'date-invalid'],
    ['2026-11-20', 'Europe/Berlin', 'date-is-today'],
    ['2026-11-19', 'Europe/Berlin', 'date-in-past'],
    ['2027-12-25', 'Europe/Berlin', 'date-too-far'],
    ['2026-11-28', null, 'time-zone-missing'],
    ['2026-11-28', 'IST', 'time-zone-unknown'],
  ])('date %j in zone %j is refused: %s', (date, timeZone, reason) => {
    expect(reasonOf(update, {}, { option: onDate(date), scheduler: { timeZone } })).toBe(reason)
  })
})

describe('one release at a time', () => {
  test('R-33 a second dated release is refused', () => {
    const facts = { scheduled: scheduled('orders-2', 'stock-1') }
    expect(reasonOf(update, facts, { option: onDate('2026-11-28') })).toBe('release-already-scheduled')
  })

  test('R-34 an immediate one supersedes the scheduled one', () => {
    expect(planned(update, { scheduled: scheduled('orders-2') }).supersedesReleaseId).toBe('r2')
    expect(planned(update).supersedesReleaseId).toBeNull()
  })

  test('R-34 but not with nothing new: that is what Cancel is for', () => {
    expect(reasonOf(same, { scheduled: scheduled('orders-2', 'stock-1') })).toBe('versions-unchanged')
  })

  test('nothing while a release is going out', () => {
    expect(reasonOf(update, { isReleasing: true })).toBe('release-in-progress')
    expect(reasonOf(update, { isReleasing: true }, { option: onDate('2026-11-28') })).toBe(
      'release-in-progress',
    )
  })
})

describe('R-38 the content is frozen', () => {
  test('it holds the chosen packages, whatever is packaged later', () => {
    const outcome = planned(update)
    expect(outcome.content).toEqual(versions('orders-2', 'stock-1'))
  })
})

test('release notes are cleaned and limited', () => {
  expect(planned(update, {}, { notes: ' New\u0000 layout\r\n' }).notes).toBe('New layout')
  expect(reasonOf(update, {}, { notes: 'x'.repeat(5001) })).toBe('notes-too-long')
})
