import { QueryObserver } from '@tanstack/react-query'
import { afterEach, expect, test, vi } from 'vitest'
import { queryClient } from '../query-client.ts'
import { refreshWithout } from './managed-account.ts'

afterEach(() => queryClient.clear())

const watch = (queryKey: readonly unknown[]) => {
  const queryFn = vi.fn<() => Promise<string>>(() => Promise.resolve('there'))
  const stop = new QueryObserver(queryClient, { queryKey, queryFn, retry: false }).subscribe(() => undefined)
  return { queryFn, stop }
}

test('what is gone is not asked for again while a screen still shows it, and forgotten when it is left', async () => {
  const gone = ['environments', 'a']
  const shown = watch([...gone, 'packs'])
  const other = watch(['environments', 'b'])
  await vi.waitFor(() => expect(queryClient.getQueryData(['environments', 'b'])).toBe('there'))

  await refreshWithout(gone)
  expect(shown.queryFn).toHaveBeenCalledTimes(1)
  expect(other.queryFn).toHaveBeenCalledTimes(2)
  expect(queryClient.getQueryData([...gone, 'packs'])).toBe('there')

  shown.stop()
  expect(queryClient.getQueryData([...gone, 'packs'])).toBeUndefined()
  expect(queryClient.getQueryData(['environments', 'b'])).toBe('there')
  other.stop()
})
