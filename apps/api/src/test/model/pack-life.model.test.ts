import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findViolations } from '../invariants.ts'
import { createTestApp } from '../test-app.ts'
import { allSteps, prelude } from './all-steps.ts'
import { newPackLife, scheduledIn, tick } from './pack-life.ts'
import { createRealPackLife, letTimePass, readRealLife } from './real-pack-life.ts'

const app = await createTestApp()

/** More lives, or others: MODEL_LIVES=500 MODEL_SEED=7. A failure prints its seed and the shortest life that fails. */
const lives = Number(process.env['MODEL_LIVES'] ?? 25)
const seed = Number(process.env['MODEL_SEED'] ?? 20_270_228)
const accounts = 2

test('whatever people do in whatever order, the product does what the rules say', {
  timeout: 120_000 + lives * 5_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.commands(allSteps, { maxCommands: 40, size: 'max' }), async (steps) => {
      // What another life has left behind is told once, for that life.
      const before = await findViolations(app.db)
      const real = await createRealPackLife(app, accounts)
      const life = newPackLife(real.startedAt, 'Europe/Berlin', accounts)
      for (const step of prelude) await step.run(life, real)
      await fc.asyncModelRun(() => ({ model: life, real }), steps)

      // Whatever is still scheduled goes out, and then nothing may be left behind anywhere.
      life.now = Math.max(life.now + 60_000, scheduledIn(life)?.dueAt ?? 0)
      await letTimePass(real, life.now)
      tick(life)
      expect(await findViolations(app.db)).toEqual(before)
      expect((await readRealLife(real)).current).toBe(life.current)
    }),
    { numRuns: lives, seed },
  )
})
