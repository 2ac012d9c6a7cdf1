import { expect, test } from 'vitest'
import { batchLoads } from './batch-loads.ts'

function recorded(size = 10) {
  const batches: (readonly string[])[] = []
  const gate = { open: Promise.resolve() }
  const load = batchLoads(
    async (keys) => {
      batches.push(keys)
      await gate.open
      return new Map(keys.filter((key) => key !== 'unknown').map((key) => [key, `${key} ${batches.length}`]))
    },
    { size },
  )
  return { load, batches, gate }
}

test('what is asked for together is loaded together, each once', async () => {
  const { load, batches } = recorded()
  expect(await Promise.all([load('a'), load('b'), load('a'), load('unknown')])).toEqual([
    'a 1',
    'b 1',
    'a 1',
    undefined,
  ])
  expect(batches).toEqual([['a', 'b', 'unknown']])
})

test('who asks while a query runs gets the next one', async () => {
  const { load, batches, gate } = recorded()
  const opened = Promise.withResolvers<void>()
  gate.open = opened.promise
  const first = load('a')
  await Promise.resolve().then(() => undefined)
  const second = load('a')
  opened.resolve()
  expect(await first).toBe('a 1')
  expect(await second).toBe('a 2')
  expect(batches).toEqual([['a'], ['a']])
})

test('large gatherings are split, and a failure reaches those of its query only', async () => {
  const { load, batches } = recorded(2)
  await Promise.all(['a', 'b', 'c'].map(load))
  expect(batches).toEqual([['a', 'b'], ['c']])

  let calls = 0
  const failing = batchLoads<string>(
    (keys) => {
      calls += 1
      return calls === 1
        ? Promise.reject(new Error('away'))
        : Promise.resolve(new Map(keys.map((key) => [key, key])))
    },
    { size: 1 },
  )
  const [one, two] = await Promise.allSettled([failing('a'), failing('b')])
  expect(one).toMatchObject({ status: 'rejected' })
  expect(two).toMatchObject({ status: 'fulfilled', value: 'b' })
})

test('what stops everybody reaches those who wait for the next query, too, and nobody after them', async () => {
  const away = Promise.withResolvers<ReadonlyMap<string, string>>()
  let isAway = true
  const load = batchLoads(
    (keys) => (isAway ? away.promise : Promise.resolve(new Map(keys.map((key) => [key, key])))),
    { size: 1, failsForAll: () => true },
  )
  const asked = ['a', 'b', 'c'].map(load)
  away.reject(new Error('away'))
  const outcomes = await Promise.allSettled(asked)
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])

  isAway = false
  expect(await load('b')).toBe('b')
})
