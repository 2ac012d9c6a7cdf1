import { rolloutFilter, type RolloutPage, type RolloutRow } from '@packline/contract/rollout.ts'
import { describe, expect, test } from 'vitest'
import { scopeOf } from '../../test/pack-data.ts'
import { createRollout, everyRow } from '../../test/rollout-scene.ts'
import { createTestApp } from '../../test/test-app.ts'
import { findRolledOut, listRollout, type RolloutChoice } from './rollout.views.ts'

const app = await createTestApp()
const rollout = await createRollout(app)

/** Every row that a search finds, page by page, and how many pages that took. */
async function goThrough(releaseId: string, choice: Omit<RolloutChoice, 'pageSize'>, atOnce: number) {
  const release = await findRolledOut(app.db, scopeOf(rollout.scene.accountId), releaseId)
  if (!release) throw new Error('The release is there')
  const isBack = choice.before !== undefined
  const rows: RolloutRow[] = []
  let pages = 0
  let place: string | null | undefined = isBack ? choice.before : undefined
  while (place !== null) {
    const to: Partial<RolloutChoice> = isBack ? { before: place } : { after: place }
    const page: RolloutPage = await listRollout(
      app.db,
      release,
      { ...choice, ...to, pageSize: 3 },
      // No time at all: each page is one look at so many attachments.
      { atOnce, millis: 0 },
    )
    rows[isBack ? 'unshift' : 'push'](...page.rows)
    place = isBack ? page.previous : page.next
    pages += 1
  }
  return { rows, pages }
}

/** The Atoms are called as their environments are. */
const isCalled = (letter: string) => (row: RolloutRow) =>
  [row.accountName, row.accountId, row.environmentName].some((name) => name.toLowerCase().includes(letter))

const end = 'zzzz.ffffffff-ffff-ffff-ffff-ffffffffffff.ffffffff-ffff-ffff-ffff-ffffffffffff'

describe.each([
  ['that is out', rollout.releaseId],
  ['that is scheduled', rollout.nextId],
  ['that was the first', rollout.scene.first.id],
])('a search for what very many are called, in a release %s,', (_name, releaseId) => {
  test.each([undefined, ...rolloutFilter.options])(
    'finds each once, in order and both ways, however little it looks at: %s',
    async (state) => {
      const whole = await everyRow(rollout.call, releaseId, { pageSize: '50', ...(state && { state }) })
      for (const search of ['e', 'l', 'ü']) {
        const expected = whole.filter(isCalled(search))
        for (const atOnce of [1, 2, 100]) {
          expect((await goThrough(releaseId, { state, search }, atOnce)).rows).toEqual(expected)
          expect((await goThrough(releaseId, { state, search, before: end }, atOnce)).rows).toEqual(expected)
        }
      }
    },
  )
})

test('goes on from where it stopped, also where it has found nothing', async () => {
  const { rows, pages } = await goThrough(rollout.releaseId, { search: 'ü' }, 1)
  expect(rows).toEqual([])
  expect(pages).toBeGreaterThan(5)
})
