import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, renderHook, waitFor } from '@testing-library/react'
import type { ReactNode } from 'react'
import { expect, test, vi } from 'vitest'
import { ApiProblem } from './api-problem.ts'
import { textIn, useSaveSeen } from './use-save-seen.ts'

const changed = new ApiProblem({
  status: 412,
  code: 'environment-changed',
  message: 'Somebody has changed this environment.',
  requestId: null,
  fields: [],
  details: { current: { name: 'Theirs' } },
})

function render(send: (input: string, ifMatch: string | undefined) => Promise<string>) {
  const client = new QueryClient()
  const onSaved = vi.fn<(saved: string) => void>()
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  )
  const hook = renderHook(({ etag }) => useSaveSeen({ etag, send, onSaved }), {
    wrapper,
    initialProps: { etag: '"seen"' },
  })
  return { ...hook, onSaved }
}

test('what was read anew behind the form does not change what was decided on', async () => {
  const send = vi.fn(async (name: string, _ifMatch: string | undefined) => name)
  const { result, rerender, onSaved } = render(send)
  rerender({ etag: '"newer"' })
  act(() => result.current.save('Mine'))
  await waitFor(() => expect(onSaved).toHaveBeenCalled())
  expect(send).toHaveBeenCalledExactlyOnceWith('Mine', '"seen"')
  expect(result.current.conflict).toBeNull()
})

test('a change by somebody else is shown, and saved over only when it is wanted', async () => {
  const send = vi.fn(async (name: string, ifMatch: string | undefined) => {
    if (ifMatch !== undefined) throw changed
    return name
  })
  const { result, onSaved } = render(send)
  act(() => result.current.save('Mine'))
  await waitFor(() => expect(result.current.conflict).not.toBeNull())
  expect(onSaved).not.toHaveBeenCalled()
  expect(result.current.error).toBeNull()
  expect(textIn(result.current.conflict?.current, 'name')).toBe('Theirs')

  act(() => result.current.conflict?.saveAnyway())
  await waitFor(() => expect(onSaved).toHaveBeenCalledExactlyOnceWith('Mine'))
  expect(send).toHaveBeenLastCalledWith('Mine', undefined)
})

test('any other refusal is an error and no conflict', async () => {
  const refused = new Error('The name is taken.')
  const { result } = render(() => Promise.reject(refused))
  act(() => result.current.save('Mine'))
  await waitFor(() => expect(result.current.error).toBe(refused))
  expect(result.current.conflict).toBeNull()
})
