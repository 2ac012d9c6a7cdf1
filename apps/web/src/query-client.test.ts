import { QueryObserver } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { forgetRemoved, prefetch, queryClient, remove } from './query-client.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  queryClient.clear()
  vi.useRealTimers()
})

const watch = async (queryKey: readonly unknown[]) => {
  const queryFn = vi.fn<() => Promise<string>>(() => Promise.resolve('there'))
  const options = { queryKey, queryFn, retry: false, refetchInterval: 1_000 }
  const stop = new QueryObserver(queryClient, options).subscribe(() => undefined)
  await vi.advanceTimersByTimeAsync(0)
  expect(queryClient.getQueryData(queryKey)).toBe('there')
  queryFn.mockClear()
  return { queryFn, stop }
}

const gone = ['environments', 'a']

/** What a hint of the server does, and the time in which a screen would look again by itself. */
const letTimePass = async () => {
  void queryClient.invalidateQueries()
  await vi.advanceTimersByTimeAsync(3_000)
}

test('what is being removed is not asked for, by no poll and no hint, and forgotten when the screen is left', async () => {
  const shown = await watch([...gone, 'packs'])
  const other = await watch(['environments', 'b'])

  await remove(gone, async () => {
    await letTimePass()
    return 'removed'
  })
  forgetRemoved(gone)
  await letTimePass()
  expect(shown.queryFn).not.toHaveBeenCalled()
  expect(other.queryFn).toHaveBeenCalled()
  expect(queryClient.getQueryData([...gone, 'packs'])).toBe('there')

  shown.stop()
  expect(queryClient.getQueryData([...gone, 'packs'])).toBeUndefined()
  expect(queryClient.getQueryData(['environments', 'b'])).toBe('there')
  other.stop()

  // Whoever goes back to it is told by the server that it is not there.
  const again = await watch([...gone, 'packs'])
  again.stop()
})

test('an answer that is under way is not waited for', async () => {
  const signals: AbortSignal[] = []
  const stop = new QueryObserver(queryClient, {
    queryKey: gone,
    queryFn: ({ signal }) => {
      signals.push(signal)
      return new Promise<string>(() => undefined)
    },
  }).subscribe(() => undefined)
  await remove(gone, () => {
    expect(signals.map(({ aborted }) => aborted)).toEqual([true])
    return Promise.resolve()
  })
  forgetRemoved(gone)
  stop()
})

test('what could not be removed is asked for again', async () => {
  const shown = await watch(gone)
  const refusal = new Error('It is attached.')
  await expect(remove(gone, () => Promise.reject(refusal))).rejects.toBe(refusal)
  await vi.advanceTimersByTimeAsync(0)
  expect(shown.queryFn).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(shown.queryFn).toHaveBeenCalledTimes(2)
  shown.stop()
})

test('what is told while something is loaded for the first time is asked for as soon as it is there', async () => {
  const answers: ((value: string) => void)[] = []
  const queryFn = vi.fn<() => Promise<string>>(() => new Promise((resolve) => answers.push(resolve)))
  const key = ['webhooks', 'one', 'deliveries']
  const stop = new QueryObserver(queryClient, { queryKey: key, queryFn, staleTime: 5_000 }).subscribe(
    () => undefined,
  )
  expect(queryFn).toHaveBeenCalledTimes(1)
  const invalidated = queryClient.invalidateQueries({ queryKey: ['webhooks'] })
  answers[0]?.('read before the change')
  await vi.advanceTimersByTimeAsync(0)
  expect(queryFn).toHaveBeenCalledTimes(2)
  answers[1]?.('read after it')
  await invalidated
  expect(queryClient.getQueryData(key)).toBe('read after it')
  stop()
})

test('what only a loader has begun to load is asked for when it is shown', async () => {
  const answers: ((value: string) => void)[] = []
  const queryFn = vi.fn<() => Promise<string>>(() => new Promise((resolve) => answers.push(resolve)))
  const options = { queryKey: ['packs', 'list'], queryFn, staleTime: 5_000 }
  prefetch(options)
  const invalidated = queryClient.invalidateQueries({ queryKey: ['packs'] })
  answers[0]?.('read before the change')
  await vi.advanceTimersByTimeAsync(0)
  await invalidated
  expect(queryFn).toHaveBeenCalledTimes(1)
  const stop = new QueryObserver(queryClient, options).subscribe(() => undefined)
  expect(queryFn).toHaveBeenCalledTimes(2)
  stop()
})
