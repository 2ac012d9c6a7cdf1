import { act, renderHook } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { hearChanges, useChanges, useIsLive } from './live-changes.ts'

/** The browser's own, as far as it is used: nothing comes but what the test sends. */
class FakeEventSource extends EventTarget {
  static readonly CLOSED = 2
  static opened: FakeEventSource[] = []
  readonly url: string
  readyState = 0
  constructor(url: string) {
    super()
    this.url = url
    FakeEventSource.opened.push(this)
  }
  close() {
    this.readyState = 2
  }
  opens() {
    this.readyState = 1
    this.dispatchEvent(new Event('open'))
  }
  says(kind: string, id: string) {
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify({ kind, id }) }))
  }
  fails(readyState: number) {
    this.readyState = readyState
    this.dispatchEvent(new Event('error'))
  }
}

const latest = () => {
  const found = FakeEventSource.opened.at(-1)
  if (!found) throw new Error('Nothing was opened')
  return found
}
const see = (isHidden: boolean) => {
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(isHidden)
  document.dispatchEvent(new Event('visibilitychange'))
}

beforeEach(() => {
  vi.useFakeTimers()
  FakeEventSource.opened = []
  vi.stubGlobal('EventSource', FakeEventSource)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

test('one connection for all who listen, and none when nobody does', () => {
  const leave = [hearChanges(() => undefined), hearChanges(() => undefined)]
  expect(FakeEventSource.opened.map(({ url }) => url)).toEqual(['/api/v1/events'])
  leave[0]?.()
  expect(latest().readyState).toBe(0)
  leave[1]?.()
  expect(latest().readyState).toBe(2)
})

test('a window that is not seen has no connection; seen again, everything may have changed', () => {
  const heard = vi.fn<(hint: unknown) => void>()
  const leave = hearChanges(heard)
  latest().opens()
  see(true)
  expect(latest().readyState).toBe(2)
  see(false)
  expect(FakeEventSource.opened).toHaveLength(2)
  heard.mockClear()
  latest().opens()
  expect(heard).toHaveBeenCalledExactlyOnceWith({ kind: 'everything', id: null })
  leave()
})

test('a refused connection is tried again after a while', () => {
  const leave = hearChanges(() => undefined)
  latest().fails(2)
  vi.advanceTimersByTime(29_999)
  expect(FakeEventSource.opened).toHaveLength(1)
  vi.advanceTimersByTime(1)
  expect(FakeEventSource.opened).toHaveLength(2)
  leave()
})

test('is told of what it is about, at once and then once a second', () => {
  const onChange = vi.fn<() => void>()
  const { unmount } = renderHook(() => useChanges(['r1', 'p1'], onChange))
  latest().says('release', 'other')
  expect(onChange).not.toHaveBeenCalled()
  for (let count = 0; count < 10; count += 1) latest().says('release', 'r1')
  expect(onChange).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(1_000)
  expect(onChange).toHaveBeenCalledTimes(2)
  vi.advanceTimersByTime(10_000)
  expect(onChange).toHaveBeenCalledTimes(2)
  latest().says('pack', 'p1')
  expect(onChange).toHaveBeenCalledTimes(3)
  unmount()
  expect(latest().readyState).toBe(2)
})

test('knows whether changes come by themselves', () => {
  const { result, unmount } = renderHook(() => {
    useChanges([], () => undefined)
    return useIsLive()
  })
  expect(result.current).toBe(false)
  act(() => latest().opens())
  expect(result.current).toBe(true)
  act(() => latest().fails(0))
  expect(result.current).toBe(false)
  unmount()
})
